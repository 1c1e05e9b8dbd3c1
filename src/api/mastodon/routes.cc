#include "api/mastodon/routes.h"

#include "api/mastodon/errors.h"
#include "api/mastodon/gate.h"
#include "api/mastodon/resources.h"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>

namespace rookery::api::mastodon {

namespace {

Task<Result<http::Response>> nowhere(Call call) {
    co_return not_found_response(*call.request);
}

constexpr Route kNowhere{http::Method::kGet, "", Auth::kNone, "", nowhere};

}  // namespace

std::vector<Route> all_routes(Pages pages) {
    std::vector<Route> routes;
    for (const Routes& part : {
             absent_routes(),
             account_edit_routes(),
             account_read_routes(),
             account_relate_routes(),
             admin_account_routes(),
             admin_report_routes(),
             admin_limit_routes(),
             admin_trend_routes(),
             app_routes(),
             asset_routes(),
             connection_routes(),
             conversation_routes(),
             discovery_routes(),
             filter_routes(),
             filter_v1_routes(),
             grouped_notification_routes(),
             instance_about_routes(),
             instance_routes(),
             list_routes(),
             marker_routes(),
             notification_policy_routes(),
             notification_request_routes(),
             notification_routes(),
             oauth_authorize_routes(),
             oauth_token_routes(),
             pages == Pages::kWebApp ? web_app_routes() : page_routes(),
             relation_routes(),
             report_routes(),
             rookery_routes(),
             search_routes(),
             sign_in_routes(),
             sign_up_routes(),
             status_act_routes(),
             status_mark_routes(),
             status_read_routes(),
             status_write_routes(),
             streaming_routes(),
             suggestion_routes(),
             tag_routes(),
             timeline_routes(),
             trend_routes(),
             well_known_routes(),
         }) {
        routes.insert(routes.end(), part.begin(), part.end());
    }
    return routes;
}

void register_routes(Api& api, http::Router& router) {
    const auto gate = std::make_shared<Gate>(api);
    const auto routes = std::make_shared<const std::vector<Route>>(
        all_routes(api.site ? Pages::kWebApp : Pages::kRendered)
    );
    for (const Route& route : *routes) {
        if (route.scope.empty() != (route.auth == Auth::kNone)) {
            throw std::logic_error("route without a scope: " + std::string(route.pattern));
        }
        router.add(route.method, route.pattern, [gate, routes, &route](http::RequestPtr request) {
            return gate->serve(&route, std::move(request));
        });
    }
    router.set_not_found([gate](http::RequestPtr request) {
        return gate->serve(&kNowhere, std::move(request));
    });
}

}  // namespace rookery::api::mastodon
