//! Needs. `need` has come all the way to its grant, `draft` has sent its invitations, `fresh` has not. `joint` is a draft
//! that names `N` as participant and has invited it, and nobody else. `returned` was sent back, and `N` and Statped (`X`)
//! were invited to its draft since: whoever reads its submission does not meet them.
//!
//! Whoever is invited sees the draft from the invitation on; the county governor, the seats of its forum and the
//! directorate see what is submitted; the other municipalities of the county see its row in the overview, and everybody
//! else sees nothing.

pub const TABLE: &str = "
                                     | ? | SNEFPQ | UVW | CTK | AX | 1234 | DO
list_needs need                      | u | seeese | see | sss | ee | ssse | se
list_needs draft                     | u | seeese | see | eee | ee | eeee | ee
list_needs fresh                     | u | seeeee | eee | eee | ee | eeee | ee
list_needs joint                     | u | sseeee | eee | eee | ee | eeee | ee
list_needs returned                  | u | sseese | see | sss | es | ssse | se
list_overview need                   | u | sseeee | eee | sss | ee | ssse | se
list_overview draft                  | u | eeeeee | eee | eee | ee | eeee | ee
list_overview fresh                  | u | eeeeee | eee | eee | ee | eeee | ee
list_overview returned               | u | sseeee | eee | sss | ee | ssse | se
list_invitations need                | u | eeeese | see | eee | ee | eeee | ee
list_invitations draft               | u | eeeese | see | eee | ee | eeee | ee
list_invitations joint               | u | eseeee | eee | eee | ee | eeee | ee
list_invitations returned            | u | eseese | see | eee | es | eeee | ee

create_need 422                      | u | AAAAAA | kkk | Akk | kk | kxxk | kk
check_unsaved_need 422               | u | AAAAAA | kkk | Akk | kk | kkkk | kk

get_need need                        | u | A...A. | A.. | AAA | .. | AAA. | A.
get_need_evidence need               | u | A...A. | A.. | AAA | .. | AAA. | A.
list_need_actions need               | u | A...A. | A.. | AAA | .. | AAA. | A.
list_partners need                   | u | A...A. | A.. | AAA | .. | AAA. | A.
get_partner need                     | u | A...A. | A.. | AAA | .. | AAA. | A.
list_participants need               | u | A...A. | A.. | AAA | .. | AAA. | A.
get_participant need                 | u | ...... | ... | ... | .. | .... | ..
list_private_owners need             | u | A...A. | A.. | AAA | .. | AAA. | A.
list_need_versions need              | u | A...A. | A.. | AAA | .. | AAA. | A.
get_need_version need                | u | A...A. | A.. | AAA | .. | AAA. | A.
compare_need_versions need           | u | A...A. | A.. | AAA | .. | AAA. | A.
check_need need                      | u | A...-. | -.. | --- | .. | AAA. | -.

get_need returned                    | u | AA..A. | A.. | AAA | .A | AAA. | A.
list_partners returned               | u | AA..A. | A.. | AAA | .A | AAA. | A.
list_participants returned           | u | AA..A. | A.. | AAA | .A | AAA. | A.
get_participant returned             | u | AA..A. | A.. | ... | .A | .... | ..
get_need_version returned            | u | AA..A. | A.. | AAA | .A | AAA. | A.
check_need returned                  | u | A-..-. | -.. | --- | .- | AAA. | -.

get_need draft                       | u | A...A. | A.. | ... | .. | .... | ..
get_need_evidence draft              | u | A...A. | A.. | ... | .. | .... | ..
list_need_actions draft              | u | A...A. | A.. | ... | .. | .... | ..
list_partners draft                  | u | A...A. | A.. | ... | .. | .... | ..
get_partner draft                    | u | A...A. | A.. | ... | .. | .... | ..
list_private_owners draft            | u | A...A. | A.. | ... | .. | .... | ..
list_need_versions draft             | u | A...A. | A.. | ... | .. | .... | ..
check_need draft                     | u | A...-. | -.. | ... | .. | .... | ..

get_need fresh                       | u | A..... | ... | ... | .. | .... | ..
get_need_evidence fresh              | u | A..... | ... | ... | .. | .... | ..
list_need_actions fresh              | u | A..... | ... | ... | .. | .... | ..
list_partners fresh                  | u | A..... | ... | ... | .. | .... | ..
list_private_owners fresh            | u | A..... | ... | ... | .. | .... | ..
list_need_versions fresh             | u | A..... | ... | ... | .. | .... | ..
check_need fresh                     | u | A..... | ... | ... | .. | .... | ..

get_need joint                       | u | AA.... | ... | ... | .. | .... | ..
get_need_evidence joint              | u | AA.... | ... | ... | .. | .... | ..
list_need_actions joint              | u | AA.... | ... | ... | .. | .... | ..
list_participants joint              | u | AA.... | ... | ... | .. | .... | ..
get_participant joint                | u | AA.... | ... | ... | .. | .... | ..
list_private_owners joint            | u | AA.... | ... | ... | .. | .... | ..
list_need_versions joint             | u | AA.... | ... | ... | .. | .... | ..
check_need joint                     | u | A-.... | ... | ... | .. | .... | ..

update_need need                     | u | A...-. | -.. | --- | .. | -xx. | -.
delete_need need                     | u | A...-. | -.. | --- | .. | -xx. | -.
submit_need need                     | u | A...-. | -.. | --- | .. | -xx. | -.
withdraw_need need                   | u | A...-. | -.. | --- | .. | -xx. | -.
create_need_invitations need 409     | u | A...-. | -.. | --- | .. | -xx. | -.
put_private_owner need               | u | A...-. | -.. | --- | .. | -xx. | -.
confirm_partner need                 | u | -...-. | A.. | --- | .. | -xx. | -.
decline_partner need                 | u | -...-. | A.. | --- | .. | -xx. | -.
confirm_participant need             | u | ...... | ... | ... | .. | .xx. | ..
answer_private_owner need            | u | -...A. | -.. | --- | .. | -xx. | -.
accept_need need                     | u | -...-. | -.. | --- | .. | Axx. | -.
return_need need                     | u | -...-. | -.. | --- | .. | Axx. | -.
dismiss_need need                    | u | -...-. | -.. | --- | .. | Axx. | -.
transfer_need need                   | u | A...-. | -.. | --- | .. | Axx. | -.
delete_need_contact need             | u | A...-. | -.. | --- | .. | -xx. | -.

update_need returned                 | u | A-..-. | -.. | --- | .- | -xx. | -.
confirm_participant returned         | u | -A..-. | -.. | ... | .- | .xx. | ..

update_need draft                    | u | A...-. | -.. | ... | .. | .xx. | ..
delete_need draft                    | u | A...-. | -.. | ... | .. | .xx. | ..
submit_need draft                    | u | A...-. | -.. | ... | .. | .xx. | ..
withdraw_need draft                  | u | A...-. | -.. | ... | .. | .xx. | ..
put_private_owner draft              | u | A...-. | -.. | ... | .. | .xx. | ..
confirm_partner draft                | u | -...-. | A.. | ... | .. | .xx. | ..
answer_private_owner draft           | u | -...A. | -.. | ... | .. | .xx. | ..
accept_need draft                    | u | -...-. | -.. | ... | .. | .xx. | ..
return_need draft                    | u | -...-. | -.. | ... | .. | .xx. | ..
dismiss_need draft                   | u | -...-. | -.. | ... | .. | .xx. | ..
transfer_need draft                  | u | A...-. | -.. | ... | .. | .xx. | ..
delete_need_contact draft            | u | A...-. | -.. | ... | .. | .xx. | ..

update_need joint                    | u | A-.... | ... | ... | .. | .xx. | ..
submit_need joint                    | u | A-.... | ... | ... | .. | .xx. | ..
confirm_participant joint            | u | -A.... | ... | ... | .. | .xx. | ..
decline_participant joint            | u | -A.... | ... | ... | .. | .xx. | ..

update_need fresh                    | u | A..... | ... | ... | .. | .xx. | ..
delete_need fresh                    | u | A..... | ... | ... | .. | .xx. | ..
submit_need fresh                    | u | A..... | ... | ... | .. | .xx. | ..
withdraw_need fresh                  | u | A..... | ... | ... | .. | .xx. | ..
accept_need fresh                    | u | -..... | ... | ... | .. | .xx. | ..
";
