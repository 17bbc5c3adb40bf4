DROP TABLE network_themes;
DROP TABLE network_meetings;
DROP TABLE joint_drafts;
DROP TABLE coordination_needs;
DROP TABLE coordinations;
DROP TABLE need_shares;
DROP TABLE network_members;
DROP TABLE networks;
