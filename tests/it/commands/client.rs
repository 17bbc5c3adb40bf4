//! `kompetanseloft client create`: how an installation gets its first client.

use serde_json::Value;

use crate::support::binary::{Place, Ran};

const BERGEN: &str = "964338531";

fn create(place: &Place, more: &[&str]) -> Ran {
    place.run(&[&["client", "create", "--orgnr", BERGEN], more].concat())
}

fn bergen(place: &Place) -> Ran {
    let who = ["--name", "Bergen kommune", "--kind", "municipality", "--municipality", "4601"];
    create(place, &[&who[..], &["--scopes", "needs:write,kartlegging:write"]].concat())
}

#[actix_web::test]
async fn the_first_client_in_production_gets_a_token_for_an_organisation_that_was_unknown() {
    let place = Place::new();
    let created = bergen(&place);
    assert!(created.succeeded, "{}", created.err);
    let client: Value = serde_json::from_str(&created.out).unwrap();
    assert_eq!(client["client_id"], "bergen-kommune");

    let key = place.data_dir.path().join("signing-key");
    std::fs::write(&key, api::auth::issuer::make_key().unwrap()).unwrap();
    let server = place.serve(&[]);
    let address = server.address("Kompetanseløft serves on");
    let http = reqwest::Client::new();
    let secret = client["client_secret"].as_str().unwrap();
    let form = [("grant_type", "client_credentials"), ("client_id", "bergen-kommune"), ("client_secret", secret)];
    let token: Value =
        http.post(format!("{address}/oauth/token")).form(&form).send().await.unwrap().json().await.unwrap();
    assert_eq!(token["scope"], "needs:write kartlegging:write");
    let me = http.get(format!("{address}/v1/me")).bearer_auth(token["access_token"].as_str().unwrap());
    let me: Value = me.send().await.unwrap().json().await.unwrap();
    assert_eq!((me["orgnr"].as_str(), me["county_number"].as_str()), (Some(BERGEN), Some("46")));
}

#[test]
fn a_second_client_needs_no_organisation_but_a_name_of_its_own() {
    let place = Place::new();
    assert!(bergen(&place).succeeded);
    let clash = create(&place, &["--scopes", "needs:read"]);
    assert!(!clash.succeeded && clash.err.contains("there is a client bergen-kommune already"), "{}", clash.err);
    let second = create(&place, &["--scopes", "needs:read", "--client-name", "Bergen kommune, sakssystem"]);
    assert!(second.succeeded && second.out.contains("bergen-kommune-sakssystem"), "{}{}", second.out, second.err);
}

#[test]
fn nothing_is_made_up_and_nothing_is_guessed() {
    let place = Place::new();
    let scopes = ["--scopes", "needs:write"];
    let refused = |more: &[&str], reason: &str| {
        let ran = create(&place, &[more, &scopes].concat());
        assert!(!ran.succeeded && ran.err.contains(reason), "{more:?}: {}", ran.err);
    };
    refused(&[], "say who it is with --name and --kind");
    refused(&["--name", "Bergen kommune", "--kind", "municipality"], "needs --municipality");
    refused(&["--name", "B", "--kind", "municipality", "--municipality", "4699"], "there is no municipality 4699");
    refused(&["--name", "S", "--kind", "county_governor", "--county-governor", "vest"], "there is no office vest");
    refused(&["--name", "B", "--kind", "school"], "is not a known OrganisationKind");

    let synthetic = place.run(&["client", "create", "--orgnr", "310279617", "--scopes", "needs:read"]);
    assert!(!synthetic.succeeded && synthetic.err.contains("only in test and demo mode"), "{}", synthetic.err);
    let both = create(&place, &["--scopes", "funding:write,funding:approve"]);
    assert!(!both.succeeded && both.err.contains("no client holds"), "{}", both.err);
}
