//! Networks. `network` has the sender, the other municipality that coordinates it, the other university and Statped as
//! members; `shared` is a draft that the sender shares with it, `coordination` names that and is led by the sender, and
//! `network_meeting` has begun.
//!
//! Members read the shared draft; the county governor in whose area the network works sees the network and no draft;
//! everybody else sees nothing of it.

pub const TABLE: &str = "
                                     | ? | SNEFPQ | UVW | CTK | AX | 1234 | DO
list_networks network                | u | sseeee | ese | eee | es | ssse | ee
list_network_needs shared            | u | ss.... | .s. | ... | .s | eee. | ..
list_coordinations coordination      | u | ss.... | .s. | ... | .s | sss. | ..
list_network_meetings network_meeting | u | ss.... | .s. | ... | .s | sss. | ..
list_needs shared                    | u | sseeee | ese | eee | es | eeee | ee
list_overview shared                 | u | eeeeee | eee | eee | ee | eeee | ee

create_network 422                   | u | AAAAkk | kkk | Akk | kk | AxxA | kk

get_network network                  | u | AA.... | .A. | ... | .A | AAA. | ..
get_coordination coordination        | u | AA.... | .A. | ... | .A | AAA. | ..
get_network_meeting network_meeting  | u | AA.... | .A. | ... | .A | AAA. | ..
get_need shared                      | u | AA.... | .A. | ... | .A | .... | ..
get_need_evidence shared             | u | AA.... | .A. | ... | .A | .... | ..
list_need_actions shared             | u | AA.... | .A. | ... | .A | .... | ..
list_partners shared                 | u | AA.... | .A. | ... | .A | .... | ..
list_private_owners shared           | u | AA.... | .A. | ... | .A | .... | ..
list_need_versions shared            | u | AA.... | .A. | ... | .A | .... | ..
check_need shared                    | u | A-.... | .-. | ... | .- | .... | ..

update_network network               | u | -A.... | .-. | ... | .- | -xx. | ..
put_network_member network           | u | -A.... | .-. | ... | .- | -xx. | ..
delete_network_member network        | u | -A.... | .-. | ... | .A | -xx. | ..
create_coordination network          | u | hh.... | .-. | ... | .- | -xx. | ..
update_coordination coordination     | u | AA.... | .-. | ... | .- | -xx. | ..
draft_coordination coordination 422  | u | A-.... | .-. | ... | .- | -xx. | ..
create_network_meeting network 422   | u | -A.... | .-. | ... | .- | -xx. | ..
update_network_meeting network_meeting | u | -A.... | .-. | ... | .- | -xx. | ..
raise_network_theme network_meeting 409 | u | AA.... | .A. | ... | .A | Axx. | ..

share_need shared                    | u | A-.... | .-. | ... | .- | .xx. | ..
unshare_need shared                  | u | A-.... | .-. | ... | .- | .xx. | ..
update_need shared                   | u | A-.... | .-. | ... | .- | .xx. | ..
delete_need shared                   | u | A-.... | .-. | ... | .- | .xx. | ..
submit_need shared                   | u | A-.... | .-. | ... | .- | .xx. | ..
share_need need                      | u | A...-. | -.. | --- | .. | -xx. | -.
unshare_need need                    | u | ....-. | -.. | --- | .. | -xx. | -.
";
