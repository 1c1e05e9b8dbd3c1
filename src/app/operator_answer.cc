#include "app/operator_answer.h"

#include "app/command_line.h"

#include <boost/json.hpp>

#include <utility>

namespace rookery::app {

boost::json::value
ask_or_end(OperatorLink& link, const std::string& operation, http::Params params) {
    const auto answer = link.ask(operation, std::move(params));
    if (!answer) {
        end_with(answer.error());
    }
    return boost::json::parse(*answer);
}

std::uint64_t number_in(const boost::json::value& answer, std::string_view key) {
    return answer.at(key).to_number<std::uint64_t>();
}

}  // namespace rookery::app
