#pragma once

#include "base/result.h"
#include "social/sessions.h"

#include <string>
#include <string_view>

namespace rookery::social {

// Decoders give kCorrupt for what the encoders do not make, and never throw.

[[nodiscard]] std::string encode(const App& app);
[[nodiscard]] Result<App> decode_app(std::string_view bytes);
[[nodiscard]] std::string encode(const Session& session);
[[nodiscard]] Result<Session> decode_session(std::string_view bytes);
[[nodiscard]] std::string encode(const Grant& grant);
[[nodiscard]] Result<Grant> decode_grant(std::string_view bytes);

}  // namespace rookery::social
