//! What is open to everybody, with a token or without: reference data, organisations, rounds, the feed. The feed
//! shows an event to whoever may read what it is about. The sender `S` is exempt from the deadline of the round.

pub const TABLE: &str = "
                                     | ? | SNEFPQ | UVW | CTK | AX | 1234 | DO
get_health                           | A | AAAAAA | AAA | AAA | AA | AAAA | AA
get_readiness                        | A | AAAAAA | AAA | AAA | AA | AAAA | AA
get_openapi_json                     | A | AAAAAA | AAA | AAA | AA | AAAA | AA
get_openapi_yaml                     | A | AAAAAA | AAA | AAA | AA | AAAA | AA
get_problem problem                  | A | AAAAAA | AAA | AAA | AA | AAAA | AA
get_issuer_metadata                  | A | AAAAAA | AAA | AAA | AA | AAAA | AA
get_key_set                          | A | AAAAAA | AAA | AAA | AA | AAAA | AA
create_token 400                     | A | AAAAAA | AAA | AAA | AA | AAAA | AA

get_me                               | u | AAAAAA | AAA | AAA | AA | AAAA | AA
list_tasks need                      | u | eeeeee | eee | eee | ee | eeee | ee
list_tasks draft                     | u | seeeee | eee | eee | ee | eeee | ee
list_tasks joint                     | u | sseeee | eee | eee | ee | eeee | ee
list_tasks fresh                     | u | seeeee | eee | eee | ee | eeee | ee
list_code_lists                      | u | AAAAAA | AAA | AAA | AA | AAAA | AA
get_code_list code_list              | u | AAAAAA | AAA | AAA | AA | AAAA | AA
list_counties county                 | u | ssssss | sss | sss | ss | ssss | ss
list_municipalities municipality     | u | ssssss | sss | sss | ss | ssss | ss
list_competence_areas area           | u | ssssss | sss | sss | ss | ssss | ss
list_schemes scheme                  | u | ssssss | sss | sss | ss | ssss | ss
list_rulesets ruleset                | u | ssssss | sss | sss | ss | ssss | ss
get_ruleset ruleset                  | u | AAAAAA | AAA | AAA | AA | AAAA | AA

list_organisations organisation      | u | ssssss | sss | sss | ss | ssss | ss
get_organisation organisation        | u | AAAAAA | AAA | AAA | AA | AAAA | AA
list_units unit                      | u | ssssss | sss | sss | ss | ssss | ss
get_unit unit                        | u | AAAAAA | AAA | AAA | AA | AAAA | AA

list_rounds round                    | u | ssssss | sss | sss | ss | ssss | ss
create_round 422                     | u | kkkkkk | kkk | kkk | kk | AxxA | kk
get_round round                      | u | AAAAAA | AAA | AAA | AA | AAAA | AA
list_round_actions round             | u | AAAAAA | AAA | AAA | AA | AAAA | AA
list_round_exemptions round          | u | AAAAAA | AAA | AAA | AA | AAAA | AA
update_round round                   | u | ------ | --- | --- | -- | Axx- | --
create_round_exemption round 422     | u | ------ | --- | --- | -- | Axx- | --
delete_round_exemption round         | u | -..... | ... | ... | .. | Axx. | ..
close_round round                    | u | ------ | --- | --- | -- | Axx- | --
settle_round round                   | u | ------ | --- | --- | -- | Axx- | --

list_events round                    | u | ssssss | sss | sss | ss | ssss | ss
list_events need                     | u | seeese | see | sss | ee | ssse | se
list_events draft                    | u | seeese | see | eee | ee | eeee | ee
list_events fresh                    | u | seeeee | eee | eee | ee | eeee | ee
list_events joint                    | u | sseeee | eee | eee | ee | eeee | ee
list_events shared                   | u | sseeee | ese | eee | es | eeee | ee
list_events network                  | u | sseeee | ese | eee | es | ssse | ee
list_events coordination             | u | sseeee | ese | eee | es | ssse | ee
list_events network_meeting          | u | sseeee | ese | eee | es | ssse | ee
list_events batch                    | u | seeese | eee | eee | ee | eeee | ee
list_events meeting                  | u | eeeeee | eee | sss | ee | ssse | se
list_events item                     | u | eeeeee | eee | sss | ee | ssse | se
list_events recommendation           | u | eeeeee | eee | sss | ee | ssse | se
list_events draft_recommendation     | u | eeeeee | eee | sss | ee | ssse | ee
list_events frame                    | u | eeeeee | eee | eee | ee | ssse | se
list_events grant                    | u | ssssss | sss | sss | ss | ssss | ss
list_events silent                   | u | eeeeee | eee | eee | ee | ssse | se
list_events payment                  | u | seeeee | see | eee | ee | ssse | se
list_events own_payment              | u | seeeee | eee | eee | ee | ssse | se
list_events run                      | u | eeeeee | eee | eee | ee | ssse | se
list_events report                   | u | seeeee | see | eee | ee | ssse | se
";
