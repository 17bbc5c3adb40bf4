//! Funding. `grant` is notified, `silent` is decided and nobody has been told; of the grant's payments `payment` goes
//! to the university and `own_payment` to the sender; `run` has sent the first one.
//!
//! A notified grant is public, a silent one is the county governor's and the directorate's. What is decided, paid and
//! reported about it is for sender, recipients, county governor and directorate. Frames and runs are the office's.

pub const TABLE: &str = "
                                     | ? | SNEFPQ | UVW | CTK | AX | 1234 | DO
list_frames frame                    | u | eeeeee | eee | eee | ee | ssse | se
create_frame 422                     | u | kkkkkk | kkk | kkk | kk | AAxA | kk
get_frame frame                      | u | ...... | ... | ... | .. | AAA. | A.
get_frame_ledger frame               | u | ...... | ... | ... | .. | AAA. | A.
update_frame frame                   | u | ...... | ... | ... | .. | AAx. | -.

list_grants grant                    | u | ssssss | sss | sss | ss | ssss | ss
create_grant 409                     | u | kkkkkk | kkk | kkk | kk | AAxh | kk
get_grant grant                      | u | AAAAAA | AAA | AAA | AA | AAAA | AA
list_grant_actions grant             | u | AAAAAA | AAA | AAA | AA | AAAA | AA
list_grant_decisions grant           | u | A..... | A.. | ... | .. | AAA. | A.
notify_grant grant                   | u | ------ | --- | --- | -- | AAx- | --
get_instalments grant                | u | A..... | A.. | ... | .. | AAA. | A.
put_instalments grant                | u | -..... | -.. | ... | .. | AAx. | -.
list_grant_payments grant            | u | A..... | A.. | ... | .. | AAA. | A.

list_grants silent                   | u | eeeeee | eee | eee | ee | ssse | se
get_grant silent                     | u | ...... | ... | ... | .. | AAA. | A.
list_grant_actions silent            | u | ...... | ... | ... | .. | AAA. | A.
list_grant_decisions silent          | u | ...... | ... | ... | .. | AAA. | A.
notify_grant silent                  | u | ...... | ... | ... | .. | AAx. | -.
get_instalments silent               | u | ...... | ... | ... | .. | AAA. | A.
put_instalments silent               | u | ...... | ... | ... | .. | AAx. | -.
list_grant_payments silent           | u | ...... | ... | ... | .. | AAA. | A.

list_payments payment                | u | seeeee | see | eee | ee | ssse | se
list_payments own_payment            | u | seeeee | eee | eee | ee | ssse | se
get_payment payment                  | u | A..... | A.. | ... | .. | AAA. | A.
get_payment own_payment              | u | A..... | ... | ... | .. | AAA. | A.
list_payment_actions payment         | u | A..... | A.. | ... | .. | AAA. | A.
list_payment_actions own_payment     | u | A..... | ... | ... | .. | AAA. | A.
approve_payment payment              | u | xxxxxx | xxx | xxx | xx | xxAx | xx
approve_payment payment approving    | u | -..... | -.. | ... | .. | AAA. | -.
approve_payment own_payment approving| u | -..... | ... | ... | .. | AAA. | -.
cancel_payment payment               | u | -..... | -.. | ... | .. | AAx. | -.
mark_payment_paid payment            | u | -..... | -.. | ... | .. | AAx. | -.
mark_payment_failed payment          | u | -..... | -.. | ... | .. | AAx. | -.
cancel_payment own_payment           | u | -..... | ... | ... | .. | AAx. | -.

list_payment_runs run                | u | eeeeee | eee | eee | ee | ssse | se
create_payment_run 409               | u | kkkkkk | kkk | kkk | kk | AAxh | kk
get_payment_run run                  | u | ...... | ... | ... | .. | AAA. | A.
get_payment_run_file run             | u | ...... | ... | ... | .. | AAA. | A.
release_payment_run run              | u | ...... | ... | ... | .. | AAx. | -.

list_reports report                  | u | seeeee | see | eee | ee | ssse | se
get_report grant                     | u | A..... | A.. | ... | .. | AAA. | A.
list_report_actions grant            | u | A..... | A.. | ... | .. | AAA. | A.
get_report_part grant                | u | A..... | A.. | ... | .. | AAA. | A.
put_report_part grant                | u | -..... | A.. | ... | .. | --x. | -.
submit_report grant                  | u | A..... | -.. | ... | .. | --x. | -.
return_report grant                  | u | -..... | -.. | ... | .. | AAx. | -.
approve_report grant                 | u | -..... | -.. | ... | .. | AAx. | -.
";
