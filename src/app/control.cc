#include "app/control.h"

#include "api/mastodon/errors.h"
#include "base/json_writer.h"
#include "base/log.h"

#include <algorithm>
#include <utility>

namespace rookery::app {

const std::vector<Control::Entry>& Control::table() {
    static const std::vector<Entry> entries{
        {"account.create", &Control::account_create},
        {"account.list", &Control::account_list},
        {"account.show", &Control::account_show},
        {"account.reset", &Control::account_reset},
        {"account.token", &Control::account_token},
        {"account.suspend", &Control::account_suspend},
        {"account.unsuspend", &Control::account_unsuspend},
        {"account.role", &Control::account_role},
        {"events.dead.list", &Control::dead_list},
        {"events.dead.replay", &Control::dead_replay},
        {"events.dead.discard", &Control::dead_discard},
        {"events.drain", &Control::events_drain},
        {"config.reload", &Control::config_reload},
        {"search.reindex", &Control::search_reindex},
        {"search.progress", &Control::search_progress},
        {"import.begin", &Control::import_begin},
        {"import.add", &Control::import_add},
        {"import.finish", &Control::import_finish},
    };
    return entries;
}

std::vector<std::string_view> Control::operations() {
    std::vector<std::string_view> names;
    std::ranges::transform(table(), std::back_inserter(names), &Entry::name);
    return names;
}

Task<Result<std::string>> Control::run(std::string operation, http::Params params) {
    const auto entry = std::ranges::find(table(), operation, &Entry::name);
    if (entry == table().end()) {
        co_return fail(ErrorCode::kNotFound, "there is no operation " + operation);
    }
    auto answer = co_await (this->*entry->run)(std::move(params));
    if (!answer && !answer.error().detail.empty()) {
        log::warning(
            "control operation failed",
            {{"operation", operation},
             {"error", answer.error().message},
             {"detail", answer.error().detail}}
        );
    }
    co_return answer;
}

namespace {

Task<http::Response> answer_control(Control* control, http::RequestPtr request) {
    std::string operation = request->path_args.at(0);
    auto answer = co_await control->run(std::move(operation), request->params);
    if (answer) {
        co_return http::Response::json(std::move(*answer));
    }
    std::string body;
    JsonWriter(body).begin_object().field("error", answer.error().message).end_object();
    co_return http::Response::json(std::move(body), api::mastodon::status_of(answer.error().code));
}

}  // namespace

http::Router control_router(Control& control) {
    http::Router router;
    Control* target = &control;
    router.add(http::Method::kPost, "/control/:operation", [target](http::RequestPtr request) {
        return answer_control(target, std::move(request));
    });
    return router;
}

}  // namespace rookery::app
