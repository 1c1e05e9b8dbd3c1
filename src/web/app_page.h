#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace rookery::web {

/// What a page is about, for whoever makes a preview of a link: searchers, chats. All are text;
/// what is empty is left out.
struct PageHead {
    std::string title;
    std::string description;
    std::string url;        ///< where it is to be found, whatever the address asked for
    std::string image;      ///< address of a picture
    std::string kind;       ///< "profile" or "article" (the Open Graph protocol's type)
    std::string site_name;  ///< the server's name
    bool may_be_indexed = true;
};

/// The one page of the web app (index.html), taken apart once so that a head can be put in.
class AppPage {
public:
    /// kInvalid if it has no `</head>`.
    [[nodiscard]] static Result<AppPage> parse(std::string_view html);

    /// The page with the title replaced and what `head` says put in, escaped.
    [[nodiscard]] std::string with(const PageHead& head) const;

private:
    std::string before_title_;  ///< up to the title, or up to `</head>`
    std::string after_title_;
};

}  // namespace rookery::web
