//! The dialogue on needs, and attachments. `plan` is an attachment for the case of `need`, which was submitted with it, and
//! `draft_plan` one of `draft`, which was not submitted yet. `letter` is one that the sender added for the dialogue on
//! `need`, and `message` one that the county governor wrote and the sender has read.
//!
//! Attachments for the case are seen by whoever sees the need: by those invited also in the draft. The dialogue is between
//! sender and county governor; to everybody else it is not there.

pub const TABLE: &str = "
                                     | ? | SNEFPQ | UVW | CTK | AX | 1234 | DO
list_messages need                   | u | A..... | ... | ... | .. | AAA. | ..
list_messages draft                  | u | A..... | ... | ... | .. | .... | ..
create_message need 422              | u | A..... | ... | ... | .. | Axx. | ..
create_message draft 409             | u | A..... | ... | ... | .. | .xx. | ..
read_message message 200             | u | A..... | ... | ... | .. | Axx. | ..

list_attachments need                | u | A...A. | A.. | AAA | .. | AAA. | A.
list_attachments draft               | u | A...A. | A.. | ... | .. | .... | ..
list_attachments fresh               | u | A..... | ... | ... | .. | .... | ..
create_attachment need 409           | u | A...-. | -.. | --- | .. | -xx. | -.
create_attachment draft 422          | u | A...-. | -.. | ... | .. | .xx. | ..
create_attachment fresh 422          | u | A..... | ... | ... | .. | .xx. | ..

get_attachment plan                  | u | A...A. | A.. | AAA | .. | AAA. | A.
get_attachment draft_plan            | u | A...A. | A.. | ... | .. | .... | ..
get_attachment letter                | u | A..... | ... | ... | .. | AAA. | ..
get_attachment_content plan          | u | A...A. | A.. | AAA | .. | AAA. | A.
get_attachment_content draft_plan    | u | A...A. | A.. | ... | .. | .... | ..
get_attachment_content letter        | u | A..... | ... | ... | .. | AAA. | ..
delete_attachment plan               | u | A...-. | -.. | --- | .. | -xx. | -.
delete_attachment draft_plan         | u | A...-. | -.. | ... | .. | .xx. | ..
delete_attachment letter             | u | A..... | ... | ... | .. | -xx. | ..
";
