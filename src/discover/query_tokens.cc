#include "discover/query_tokens.h"

#include "base/encoding.h"
#include "social/text/unicode.h"

#include <algorithm>
#include <array>
#include <utility>

namespace rookery::discover {

namespace {

using social::text::CodePoint;
using social::text::is_white_space;
using social::text::next_code_point;

constexpr auto kKeys = std::to_array<std::string_view>(
    {"from", "has", "is", "in", "language", "before", "after", "during"}
);

bool is_minus(CodePoint c) {
    // Hyphen-minus; hyphens and dashes of typography; minus; small and full-width hyphen-minus.
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE63 || c == 0xFF0D;
}

bool is_plus(CodePoint c) {
    return c == '+' || c == 0xFF0B;
}

bool is_quote(CodePoint c) {
    // "; “ ” „ ‟; « »; full-width "
    return c == '"' || (c >= 0x201C && c <= 0x201F) || c == 0x00AB || c == 0x00BB || c == 0xFF02;
}

bool ends_word(CodePoint c) {
    return is_white_space(c) || is_quote(c);
}

class Scanner {
public:
    explicit Scanner(std::string_view typed) : typed_(typed) {}

    std::vector<QueryToken> scan() {
        while (at_ < typed_.size()) {
            if (is_white_space(peek())) {
                skip();
            } else {
                scan_token();
            }
        }
        return std::move(tokens_);
    }

private:
    [[nodiscard]] CodePoint peek() const {
        std::size_t at = at_;
        return next_code_point(typed_, at);
    }

    void skip() { static_cast<void>(next_code_point(typed_, at_)); }

    void scan_token() {
        QueryToken token;
        const CodePoint sign = peek();
        if (is_minus(sign) || is_plus(sign)) {
            token.is_negated = is_minus(sign);
            skip();
            if (at_ == typed_.size() || is_white_space(peek())) {
                return;
            }
        }
        if (is_quote(peek())) {
            scan_quoted(token);
        } else {
            scan_words(token);
        }
        token.end = at_;
        tokens_.push_back(std::move(token));
    }

    void scan_quoted(QueryToken& token) {
        skip();
        const std::size_t begin = at_;
        while (at_ < typed_.size() && !is_quote(peek())) {
            skip();
        }
        token.text = typed_.substr(begin, at_ - begin);
        token.is_quoted = true;
        if (at_ < typed_.size()) {
            skip();
        }
    }

    void scan_words(QueryToken& token) {
        const std::size_t begin = at_;
        while (at_ < typed_.size() && !ends_word(peek())) {
            skip();
        }
        token.text = typed_.substr(begin, at_ - begin);
        take_key(token);
        if (!token.key.empty() && token.text.empty() && at_ < typed_.size() && is_quote(peek())) {
            scan_quoted(token);
        }
    }

    /// "from:bob": the key is "from", and the text "bob".
    static void take_key(QueryToken& token) {
        constexpr std::string_view kFullWidthColon = "\uFF1A";
        const std::size_t colon = std::min(token.text.find(':'), token.text.find(kFullWidthColon));
        if (colon == std::string_view::npos) {
            return;
        }
        std::string key = ascii_lower(token.text.substr(0, colon));
        if (std::ranges::find(kKeys, key) == kKeys.end()) {
            return;
        }
        token.key = std::move(key);
        token.text.remove_prefix(colon + (token.text[colon] == ':' ? 1 : kFullWidthColon.size()));
    }

    std::string_view typed_;
    std::size_t at_ = 0;
    std::vector<QueryToken> tokens_;
};

}  // namespace

std::vector<QueryToken> query_tokens(std::string_view typed) {
    return Scanner(typed).scan();
}

}  // namespace rookery::discover
