#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace rookery::social::text {

/// Finds where the URLs of one text end, in time linear in the text whatever stands in it. The text
/// must outlive it.
class UrlMatcher {
public:
    explicit UrlMatcher(std::string_view text) : text_(text) {}

    /// The end of the http or https URL that begins at `begin`, or `begin` if none does. The host
    /// needs a dot (or is localhost) and may be written in any script; closing punctuation and
    /// parentheses that were opened outside of the URL do not belong to it.
    [[nodiscard]] std::size_t match(std::size_t begin);

private:
    [[nodiscard]] std::size_t host_end(std::size_t begin) const;
    [[nodiscard]] std::size_t port_end(std::size_t begin) const;
    [[nodiscard]] std::size_t path_end(std::size_t url_begin, std::size_t begin);
    [[nodiscard]] std::size_t partner(std::size_t paren);

    std::string_view text_;
    std::vector<std::uint32_t> partners_;  ///< of each parenthesis; made when first asked for
};

}  // namespace rookery::social::text
