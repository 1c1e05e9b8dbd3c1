#pragma once

#include "base/result.h"
#include "http/request.h"
#include "http/response.h"
#include "http/router.h"
#include "web/app_page.h"
#include "web/folder.h"

#include <memory>
#include <string>
#include <string_view>

namespace rookery::web {

/// A built web app: index.html and whatever it loads. Immutable, hence thread-safe.
class Site {
public:
    /// Reads the folder; what changes in it later is seen at the next start. kInvalid, in a
    /// sentence for the operator, if it cannot be read or has no fit index.html.
    [[nodiscard]] static Result<std::shared_ptr<const Site>> open(const std::string& folder);

    Site(Files files, AppPage page) : files_(std::move(files)), page_(std::move(page)) {}

    /// The app's page as it was built.
    [[nodiscard]] http::Response index(const http::Request& request) const;
    /// The app's page with a head of its own.
    [[nodiscard]] http::Response index(const PageHead& head, int status = 200) const;

    /// The address of the file whose name goes on with its hash after `beginning`:
    /// "/assets/text-latin-B1x8_zQ2.woff2" for "/assets/text-latin-". Empty if there is none.
    [[nodiscard]] std::string address_of(std::string_view beginning) const;

    /// Adds a route for every file but index.html. A file whose address the router has already is
    /// left out and logged: the server's own pages come first. `self` lives on in the routes.
    static void add_files(const std::shared_ptr<const Site>& self, http::Router& router);

private:
    Files files_;
    AppPage page_;
};

}  // namespace rookery::web
