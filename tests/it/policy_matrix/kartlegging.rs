//! Kartlegging. `batch` is the sender's, about a school of its own and a private kindergarten; `response` is about
//! the kindergarten, `own_response` about the school. `open_batch` is the sender's too, with a part that is not applied.
//! `take_over` is what the private owner took over from the sender, in another period.
//! `unit_code` is a code of the sender's for the school; `put_unit_code` is asked for the same code, which is free to
//! everybody else.
//!
//! Batches and raw responses are read by who sent them, and by a unit's owner for its own units (K07). Not even the
//! county governor or the directorate reads them. The summary is for everybody.

pub const TABLE: &str = "
                                     | ? | SNEFPQ | UVW | CTK | AX | 1234 | DO
list_instruments instrument          | u | ssssss | sss | sss | ss | sxxs | ss
get_instrument instrument            | u | AAAAAA | AAA | AAA | AA | AxxA | AA
create_instrument 422                | u | kkkkkk | kkk | kkk | kk | AxxA | Ak
get_instrument_template instrument   | u | AAAAAA | AAA | AAA | AA | AxxA | AA
list_unit_codes unit_code            | u | seeeee | eee | eee | ee | exxe | ee
get_unit_code unit_code              | u | A..... | ... | ... | .. | .xx. | ..
put_unit_code                        | u | AAAAAA | kkk | Akk | kk | kxxk | kk
delete_unit_code unit_code           | u | A..... | ... | ... | .. | .xx. | ..
create_upload 422                    | u | AAAAAA | kkk | Akk | kk | kxxk | kk
create_batch 422                     | u | AAAAAA | kkk | Akk | kk | kxxk | kk
list_batches batch                   | u | seeese | eee | eee | ee | exxe | ee
get_batch batch                      | u | A...A. | ... | ... | .. | .xx. | ..
list_batches open_batch              | u | seeeee | eee | eee | ee | exxe | ee
get_batch open_batch                 | u | A..... | ... | ... | .. | .xx. | ..
put_batch_part open_batch 422        | u | A..... | ... | ... | .. | .xx. | ..
put_batch_part batch 409             | u | A...-. | ... | ... | .. | .xx. | ..
commit_batch open_batch              | u | A..... | ... | ... | .. | .xx. | ..
commit_batch batch                   | u | A...-. | ... | ... | .. | .xx. | ..
cancel_batch open_batch              | u | A..... | ... | ... | .. | .xx. | ..
cancel_batch batch                   | u | A...-. | ... | ... | .. | .xx. | ..
follow_batch batch                   | u | A...A. | ... | ... | .. | .xx. | ..
get_batch_result batch               | u | A...A. | ... | ... | .. | .xx. | ..
list_responses response              | u | seeese | eee | eee | ee | exxe | ee
list_responses own_response          | u | seeeee | eee | eee | ee | exxe | ee
get_response response                | u | A...A. | ... | ... | .. | .xx. | ..
get_response own_response            | u | A..... | ... | ... | .. | .xx. | ..
list_take_overs take_over            | u | seeese | eee | eee | ee | exxe | ee
take_over_responses 422              | u | A----- | kkk | -kk | kk | kxxk | kk
get_kartlegging_summary              | u | AAAAAA | AAA | AAA | AA | AxxA | AA
";
