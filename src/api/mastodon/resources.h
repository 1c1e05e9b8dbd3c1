#pragma once

#include "api/mastodon/routes.h"

#include <span>

/// The routes of each resource, one file each. all_routes() joins them.
namespace rookery::api::mastodon {

using Routes = std::span<const Route>;

[[nodiscard]] Routes absent_routes();
[[nodiscard]] Routes account_edit_routes();
[[nodiscard]] Routes account_read_routes();
[[nodiscard]] Routes account_relate_routes();
[[nodiscard]] Routes admin_account_routes();
[[nodiscard]] Routes admin_report_routes();
[[nodiscard]] Routes admin_limit_routes();
[[nodiscard]] Routes admin_trend_routes();
[[nodiscard]] Routes app_routes();
[[nodiscard]] Routes asset_routes();
[[nodiscard]] Routes connection_routes();
[[nodiscard]] Routes conversation_routes();
[[nodiscard]] Routes discovery_routes();
[[nodiscard]] Routes filter_routes();
[[nodiscard]] Routes filter_v1_routes();
[[nodiscard]] Routes grouped_notification_routes();
[[nodiscard]] Routes instance_about_routes();
[[nodiscard]] Routes instance_routes();
[[nodiscard]] Routes list_routes();
[[nodiscard]] Routes marker_routes();
[[nodiscard]] Routes notification_policy_routes();
[[nodiscard]] Routes notification_request_routes();
[[nodiscard]] Routes notification_routes();
[[nodiscard]] Routes oauth_authorize_routes();
[[nodiscard]] Routes oauth_token_routes();
[[nodiscard]] Routes page_routes();
[[nodiscard]] Routes relation_routes();
[[nodiscard]] Routes report_routes();
[[nodiscard]] Routes rookery_routes();
[[nodiscard]] Routes search_routes();
[[nodiscard]] Routes sign_in_routes();
[[nodiscard]] Routes sign_up_routes();
[[nodiscard]] Routes status_act_routes();
[[nodiscard]] Routes status_mark_routes();
[[nodiscard]] Routes status_read_routes();
[[nodiscard]] Routes status_write_routes();
[[nodiscard]] Routes streaming_routes();
[[nodiscard]] Routes suggestion_routes();
[[nodiscard]] Routes tag_routes();
[[nodiscard]] Routes timeline_routes();
[[nodiscard]] Routes trend_routes();
[[nodiscard]] Routes web_app_routes();
[[nodiscard]] Routes well_known_routes();

}  // namespace rookery::api::mastodon
