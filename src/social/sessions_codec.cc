#include "social/sessions_codec.h"

#include "base/codec.h"

namespace rookery::social {

namespace {

// A later version appends members; see account_codec.cc.
constexpr std::uint8_t kAppVersion = 1;
constexpr std::uint8_t kSessionVersion = 1;
constexpr std::uint8_t kGrantVersion = 1;

}  // namespace

std::string encode(const App& app) {
    std::string bytes;
    ByteWriter writer(bytes);
    writer.byte(kAppVersion);
    writer.fixed64(app.id.value);
    writer.signed_varint(app.created_at_ms);
    writer.string(app.client_id);
    writer.string(app.client_secret);
    writer.string(app.name);
    writer.string(app.website);
    writer.string(app.scopes);
    writer.varint(app.redirect_uris.size());
    for (const std::string& uri : app.redirect_uris) {
        writer.string(uri);
    }
    return bytes;
}

Result<App> decode_app(std::string_view bytes) {
    ByteReader reader(bytes);
    const bool is_known = reader.byte() == kAppVersion;
    App app;
    app.id = AppId(reader.fixed64());
    app.created_at_ms = reader.signed_varint();
    app.client_id = reader.string();
    app.client_secret = reader.string();
    app.name = reader.string();
    app.website = reader.string();
    app.scopes = reader.string();
    app.redirect_uris.resize(reader.count());
    for (std::string& uri : app.redirect_uris) {
        uri = reader.string();
    }
    if (!is_known || !reader.complete()) {
        return fail(ErrorCode::kCorrupt, "stored app does not parse");
    }
    return app;
}

std::string encode(const Session& session) {
    std::string bytes;
    ByteWriter writer(bytes);
    writer.byte(kSessionVersion);
    writer.fixed64(session.token_id.value);
    writer.fixed64(session.account.value);
    writer.signed_varint(session.created_at_ms);
    writer.string(session.client_id);
    writer.string(session.app_name);
    writer.string(session.app_website);
    writer.string(session.scopes);
    writer.string(session.ip);
    writer.string(session.user_agent);
    return bytes;
}

Result<Session> decode_session(std::string_view bytes) {
    ByteReader reader(bytes);
    const bool is_known = reader.byte() == kSessionVersion;
    Session session;
    session.token_id = TokenId(reader.fixed64());
    session.account = AccountId(reader.fixed64());
    session.created_at_ms = reader.signed_varint();
    session.client_id = reader.string();
    session.app_name = reader.string();
    session.app_website = reader.string();
    session.scopes = reader.string();
    session.ip = reader.string();
    session.user_agent = reader.string();
    if (!is_known || !reader.complete()) {
        return fail(ErrorCode::kCorrupt, "stored token does not parse");
    }
    return session;
}

std::string encode(const Grant& grant) {
    std::string bytes;
    ByteWriter writer(bytes);
    writer.byte(kGrantVersion);
    writer.fixed64(grant.account.value);
    writer.signed_varint(grant.expires_at_ms);
    writer.string(grant.client_id);
    writer.string(grant.redirect_uri);
    writer.string(grant.scopes);
    writer.string(grant.code_challenge);
    return bytes;
}

Result<Grant> decode_grant(std::string_view bytes) {
    ByteReader reader(bytes);
    const bool is_known = reader.byte() == kGrantVersion;
    Grant grant;
    grant.account = AccountId(reader.fixed64());
    grant.expires_at_ms = reader.signed_varint();
    grant.client_id = reader.string();
    grant.redirect_uri = reader.string();
    grant.scopes = reader.string();
    grant.code_challenge = reader.string();
    if (!is_known || !reader.complete()) {
        return fail(ErrorCode::kCorrupt, "stored grant does not parse");
    }
    return grant;
}

}  // namespace rookery::social
