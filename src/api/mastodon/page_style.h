#pragma once

#include "web/site.h"

#include <string>

namespace rookery::api::mastodon {

/// The style sheet of our own pages (html_page.h): the colours, sizes and spaces of the web app
/// (web/src/styles/tokens.css), so that signing in does not look like leaving it. With its typeface
/// too, if there is an app to take it from; `site` may be null.
[[nodiscard]] std::string page_style(const web::Site* site);

}  // namespace rookery::api::mastodon
