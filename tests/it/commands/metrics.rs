//! `/metrics` on its own listener.

use crate::support::binary::Place;

#[actix_web::test]
async fn metrics_count_by_route_pattern_on_a_listener_of_their_own() {
    let place = Place::new();
    let server = place.serve(&["--demo", "--metrics-listen", "127.0.0.1:0"]);
    let api = server.address("Kompetanseløft serves on");
    let get = async |url: String| reqwest::get(url).await.unwrap();
    assert_eq!(get(format!("{api}/healthz")).await.status(), 200);
    assert_eq!(get(format!("{api}/v1/rounds/01900000-0000-7000-8000-000000000000")).await.status(), 401);
    assert_eq!(get(format!("{api}/a/path/of/nobody")).await.status(), 404);
    assert_eq!(get(format!("{api}/metrics")).await.status(), 404);

    let text = get(server.address("Metrics for Prometheus")).await.text().await.unwrap();
    for line in [
        r#"_count{method="GET",route="/healthz",status="200"} 1"#,
        r#"_count{method="GET",route="/v1/rounds/{id}",status="401"} 1"#,
        r#"route="none",status="404"} 2"#,
        r#"kompetanseloft_database_jobs_waiting{lane="read"} 0"#,
        r#"kompetanseloft_database_jobs_waiting{lane="write"} 0"#,
    ] {
        assert!(text.contains(line), "{line} is missing in\n{text}");
    }
}
