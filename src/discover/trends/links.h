#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::discover::trends {

/// The one form of an address, however people wrote it: scheme and host in lower case, without the
/// port that goes without saying, without fragment, and without the parameters that only tell who
/// spread it (utm_*, fbclid and their like). Empty if it is no http(s) address or too long to be
/// kept. Nothing is ever fetched.
[[nodiscard]] std::string normalize_link(std::string_view url);

/// The links of a text in that form, each once, in order, at most `count`; none to `local_host`.
[[nodiscard]] std::vector<std::string>
find_links(std::string_view text, std::string_view local_host, std::size_t count);

/// "www.example.org" of a normalized link; "example.org:8080" where the port matters.
[[nodiscard]] std::string_view link_host(std::string_view link);
/// What a link can be called without asking what it leads to: host without "www." and path,
/// decoded: "example.org/birds in spring".
[[nodiscard]] std::string link_title(std::string_view link);

}  // namespace rookery::discover::trends
