//! Guidance. `guidance` and `resource` are published by the county governor, `unpublished` and `unlisted` are its drafts.
//! Everybody reads what is published; a draft is its keeper's alone.

pub const TABLE: &str = "
                                     | ? | SNEFPQ | UVW | CTK | AX | 1234 | DO
list_guidance guidance               | u | ssssss | sss | sss | ss | ssss | ss
list_guidance unpublished            | u | eeeeee | eee | eee | ee | ssse | ee
create_guidance 422                  | u | kkkkkk | kkk | kkk | kA | AxxA | Ak
get_guidance guidance                | u | AAAAAA | AAA | AAA | AA | AAAA | AA
get_guidance unpublished             | u | ...... | ... | ... | .. | AAA. | ..
update_guidance guidance             | u | ------ | --- | --- | -- | Axx- | --
update_guidance unpublished          | u | ...... | ... | ... | .. | Axx. | ..

list_learning_resources resource     | u | ssssss | sss | sss | ss | ssss | ss
list_learning_resources unlisted     | u | eeeeee | eee | eee | ee | ssse | ee
create_learning_resource 422         | u | kkkkkk | kkk | kkk | kA | AxxA | Ak
get_learning_resource resource       | u | AAAAAA | AAA | AAA | AA | AAAA | AA
get_learning_resource unlisted       | u | ...... | ... | ... | .. | AAA. | ..
update_learning_resource resource    | u | ------ | --- | --- | -- | Axx- | --
update_learning_resource unlisted    | u | ...... | ... | ... | .. | Axx. | ..
";
