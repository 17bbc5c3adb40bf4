# syntax=docker/dockerfile:1
# The server and its command line in one image. The release build speaks TLS to PostgreSQL (feature `tls`),
# for which it needs OpenSSL's headers while building and its library while running.

FROM rust:1.95.0-bookworm AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libssl-dev pkg-config \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/src/target \
    cargo build --locked --release --package api --package client --features api/tls \
    && install -D --target-directory=/programs target/release/kompetanseloft target/release/kompetanse

FROM debian:bookworm-slim
# ca-certificates: registers and webhooks are called over HTTPS. curl: the health check below.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates curl libssl3 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/kompetanseloft --create-home kompetanseloft
COPY --from=build /programs/ /usr/local/bin/
USER kompetanseloft
WORKDIR /var/lib/kompetanseloft
ENV KOMPETANSELOFT_MODE=production \
    KOMPETANSELOFT_LISTEN=0.0.0.0:8080 \
    KOMPETANSELOFT_DATA_DIR=/var/lib/kompetanseloft
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
    CMD ["curl", "--fail", "--silent", "--show-error", "--output", "/dev/null", "http://127.0.0.1:8080/readyz"]
ENTRYPOINT ["kompetanseloft"]
CMD ["serve"]
