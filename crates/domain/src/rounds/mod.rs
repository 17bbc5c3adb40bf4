//! Rounds of applications (søknadsrunder): when needs may be registered, in which scheme, under which ruleset.
