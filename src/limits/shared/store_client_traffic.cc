#include "limits/shared/store_client.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace rookery::limits {

namespace {

using std::chrono::steady_clock;

/// Groups in one command: the store does nothing else while it decides them, about a millisecond.
constexpr std::size_t kGroupsMax = 64;

constexpr std::string_view kById = "EVALSHA";
constexpr std::string_view kByText = "EVAL";

}  // namespace

void StoreClient::write_words(Batch& batch) const {
    std::vector<std::string>& words = batch.words;
    words = {std::string(kById), script_id_, ""};
    std::vector<std::string> arguments{""};  // by the store's clock
    for (const Question& question : batch.questions) {
        for (const StoreAsk& ask : question.group.asks) {
            words.push_back(ask.key);
        }
        encode(question.group.asks, question.group.charges, arguments);
    }
    words[2] = std::to_string(words.size() - 3);
    words.insert(
        words.end(),
        std::make_move_iterator(arguments.begin()),
        std::make_move_iterator(arguments.end())
    );
}

std::vector<StoreClient::Question> StoreClient::take_waiting() {
    const std::lock_guard lock(mutex_);
    const auto count = std::min(waiting_.size(), kGroupsMax);
    const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
    std::vector<Question> taken(
        std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end)
    );
    waiting_.erase(waiting_.begin(), end);
    return taken;
}

Result<void> StoreClient::send_waiting(StoreConnection& connection) {
    while (under_way_.size() < kUnderWayMax) {
        Batch batch{.questions = take_waiting()};
        if (batch.questions.empty()) {
            break;
        }
        write_words(batch);
        batch.overdue = steady_clock::now() + config_.ask_timeout;
        connection.send(batch.words);
        under_way_.push_back(std::move(batch));
    }
    return connection.write();
}

Result<void> StoreClient::receive(StoreConnection& connection) {
    if (auto read = connection.read(); !read) {
        return std::move(read).error();
    }
    for (;;) {
        TRY(const StoreReply reply, connection.next());
        if (reply == nullptr) {
            return {};
        }
        if (under_way_.empty()) {
            return fail(ErrorCode::kUnavailable, "the store speaks unasked");
        }
        if (auto concluded = conclude(connection, *reply); !concluded) {
            return std::move(concluded).error();
        }
    }
}

Result<void> StoreClient::conclude(StoreConnection& connection, const redisReply& reply) {
    const std::string_view text = text_of(reply);
    Batch& front = under_way_.front();
    if (reply.type == REDIS_REPLY_ERROR && text.starts_with("NOSCRIPT") &&
        front.words[0] == kById) {
        // The store has forgotten the script, and done nothing.
        Batch again = std::move(front);
        under_way_.pop_front();
        again.words[0] = kByText;
        again.words[1] = decide_script();
        again.overdue = steady_clock::now() + config_.ask_timeout;
        connection.send(again.words);
        under_way_.push_back(std::move(again));
        return {};
    }
    if (reply.type == REDIS_REPLY_ERROR) {
        return fail(ErrorCode::kUnavailable, std::string(text));
    }
    std::size_t asks = 0;
    for (const Question& question : front.questions) {
        asks += question.group.asks.size();
    }
    const auto answers = decode(text, asks);
    if (!answers) {
        return fail(ErrorCode::kUnavailable, "the store decides in another way");
    }
    Batch batch = std::move(front);
    under_way_.pop_front();
    series_.round_trips.add();
    auto begin = answers->begin();
    for (std::size_t i = 0; i < batch.questions.size(); ++i) {
        Question& question = batch.questions[i];
        const auto end = begin + static_cast<std::ptrdiff_t>(question.group.asks.size());
        if (i >= batch.expired) {
            question.done(std::vector<StoreAnswer>(begin, end));
        }
        begin = end;
    }
    return {};
}

Result<StoreClient::Moment> StoreClient::expire() {
    const Moment now = steady_clock::now();
    Moment next = Moment::max();
    bool is_overdue = false;
    std::vector<Done> expired;
    for (Batch& batch : under_way_) {
        is_overdue = is_overdue || batch.overdue <= now;
        next = std::min(next, batch.overdue);
        auto& questions = batch.questions;
        for (; batch.expired < questions.size(); ++batch.expired) {
            Question& oldest = questions[batch.expired];
            if (oldest.deadline > now) {
                next = std::min(next, oldest.deadline);
                break;
            }
            expired.push_back(std::move(oldest.done));
        }
    }
    {
        const std::lock_guard lock(mutex_);
        while (!waiting_.empty() && waiting_.front().deadline <= now) {
            expired.push_back(std::move(waiting_.front().done));
            waiting_.pop_front();
        }
        if (!waiting_.empty()) {
            next = std::min(next, waiting_.front().deadline);
        }
    }
    series_.timeouts.add(expired.size());
    for (Done& done : expired) {
        done(std::nullopt);
    }
    if (is_overdue) {
        return fail(ErrorCode::kTimeout, "no answer in time");
    }
    return next;
}

}  // namespace rookery::limits
