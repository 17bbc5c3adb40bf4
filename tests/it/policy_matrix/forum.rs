//! The forum. `meeting` is closed, with `item` decided in it; `recommendation` is adopted, `draft_recommendation` is
//! not.
//!
//! Seats of today, the secretariat and the directorate see the forum, the directorate no drafts. The sender of a need
//! learns what became of it from the need, and has no seat here. The secretariat keeps the books; a member declares
//! its own conflict of interest.

pub const TABLE: &str = "
                                     | ? | SNEFPQ | UVW | CTK | AX | 1234 | DO
list_forums forum                    | u | eeeeee | eee | sss | ee | ssse | se
get_forum forum                      | u | ...... | ... | AAA | .. | AAA. | A.
list_seats forum                     | u | ...... | ... | AAA | .. | AAA. | A.
get_composition forum                | u | ...... | ... | AAA | .. | AAA. | A.
list_forum_meetings forum            | u | ...... | ... | AAA | .. | AAA. | A.
create_meeting forum 409             | u | ...... | ... | --- | .. | Axx. | -.

list_meetings meeting                | u | eeeeee | eee | sss | ee | ssse | se
get_meeting meeting                  | u | ...... | ... | AAA | .. | AAA. | A.
list_meeting_actions meeting         | u | ...... | ... | AAA | .. | AAA. | A.
list_meeting_agenda_items meeting    | u | ...... | ... | AAA | .. | AAA. | A.
list_attendance meeting              | u | ...... | ... | AAA | .. | AAA. | A.
create_agenda_item meeting 409       | u | ...... | ... | --- | .. | Axx. | -.
update_meeting meeting               | u | ...... | ... | --- | .. | Axx. | -.
convene_meeting meeting              | u | ...... | ... | --- | .. | Axx. | -.
open_meeting meeting                 | u | ...... | ... | --- | .. | Axx. | -.
put_attendance meeting               | u | ...... | ... | --- | .. | Axx. | -.
adjourn_meeting meeting              | u | ...... | ... | --- | .. | Axx. | -.
close_meeting meeting                | u | ...... | ... | --- | .. | Axx. | -.
cancel_meeting meeting               | u | ...... | ... | --- | .. | Axx. | -.

list_agenda_items item               | u | eeeeee | eee | sss | ee | ssse | se
get_agenda_item item                 | u | ...... | ... | AAA | .. | AAA. | A.
list_agenda_item_actions item        | u | ...... | ... | AAA | .. | AAA. | A.
list_recusals item                   | u | ...... | ... | AAA | .. | AAA. | A.
get_quorum item                      | u | ...... | ... | AAA | .. | AAA. | A.
declare_recusal item                 | u | ...... | ... | -A- | .. | Axx. | -.
put_recusal item                     | u | ...... | ... | --- | .. | Axx. | -.
start_agenda_item item               | u | ...... | ... | --- | .. | Axx. | -.
put_vote item                        | u | ...... | ... | --- | .. | Axx. | -.
request_statped item                 | u | ...... | ... | --- | .. | Axx. | -.
decide_agenda_item item              | u | ...... | ... | --- | .. | Axx. | -.
postpone_agenda_item item            | u | ...... | ... | --- | .. | Axx. | -.
return_agenda_item item              | u | ...... | ... | --- | .. | Axx. | -.
remove_agenda_item item              | u | ...... | ... | --- | .. | Axx. | -.

list_recommendations recommendation       | u | eeeeee | eee | sss | ee | ssse | se
get_recommendation recommendation         | u | ...... | ... | AAA | .. | AAA. | A.
list_recommendation_actions recommendation| u | ...... | ... | AAA | .. | AAA. | A.
adopt_recommendation recommendation       | u | ...... | ... | --- | .. | Axx. | -.
create_recommendation 422                 | u | kkkkkk | kkk | kkk | kk | Axxh | kk

list_recommendations draft_recommendation       | u | eeeeee | eee | sss | ee | ssse | ee
get_recommendation draft_recommendation         | u | ...... | ... | AAA | .. | AAA. | ..
list_recommendation_actions draft_recommendation| u | ...... | ... | AAA | .. | AAA. | ..
adopt_recommendation draft_recommendation       | u | ...... | ... | --- | .. | Axx. | ..
";
