#include "api/limiter/rate_limit_reader.h"

#include "limits/shared/shared_rule.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace rookery::api::limiter {

namespace {

constexpr std::uint64_t kUint32Max = UINT32_MAX;
constexpr std::uint64_t kKeysMax = 100'000'000;
constexpr std::uint64_t kLeasesAPeriod = 20;

/// What a `rate_limit` may say, each where it stands.
struct Members {
    std::optional<YamlNode> unit;
    std::optional<YamlNode> requests_per_unit;
    std::optional<YamlNode> unlimited;
    std::optional<YamlNode> name;
    std::optional<YamlNode> replaces;
    // Ours:
    std::optional<YamlNode> period;
    std::optional<YamlNode> algorithm;
    std::optional<YamlNode> burst;
    std::optional<YamlNode> reach;
    std::optional<YamlNode> when_lost;
    std::optional<YamlNode> lease;
    std::optional<YamlNode> lease_for;
    std::optional<YamlNode> keys;
    std::optional<YamlNode> allow_uncounted;
};

struct Place {
    std::string_view name;
    std::optional<YamlNode> Members::* member;
};

constexpr std::array<Place, 14> kPlaces{{
    {"unit", &Members::unit},
    {"requests_per_unit", &Members::requests_per_unit},
    {"unlimited", &Members::unlimited},
    {"name", &Members::name},
    {"replaces", &Members::replaces},
    {"period", &Members::period},
    {"algorithm", &Members::algorithm},
    {"burst", &Members::burst},
    {"reach", &Members::reach},
    {"when_lost", &Members::when_lost},
    {"lease", &Members::lease},
    {"lease_for", &Members::lease_for},
    {"keys", &Members::keys},
    {"allow_uncounted", &Members::allow_uncounted},
}};

Result<Members> read_members(const YamlNode& node) {
    Members members;
    TRY(const auto named, node.members());
    for (const YamlNode::Member& member : named) {
        const auto* const place = std::ranges::find(kPlaces, member.name, &Place::name);
        if (place == kPlaces.end()) {
            return member.key.wrong(fmt::format("a rate_limit has no {}", member.name));
        }
        if (!member.value.is_null()) {
            (members.*(place->member)).emplace(member.value);
        }
    }
    return members;
}

/// One of the words that `parse` understands.
template <class Parse>
auto read_word(const YamlNode& node, Parse parse, std::string_view words)
    -> Result<typename std::invoke_result_t<Parse, std::string_view>::value_type> {
    TRY(const std::string text, node.text());
    const auto value = parse(text);
    if (!value) {
        return node.wrong(fmt::format("\"{}\" is not one of {}", text, words));
    }
    return *value;
}

Result<limits::Nanos> read_duration(const YamlNode& node) {
    TRY(const std::string text, node.text());
    const auto length = parse_duration(text);
    if (!length) {
        return node.wrong(fmt::format("\"{}\" is no time: write 500ms, 10s, 5m, 2h or 7d", text));
    }
    return *length;
}

Result<void> read_names(const Members& members, RateLimit& limit) {
    if (members.name) {
        TRY(limit.name, members.name->text());
    }
    if (!members.replaces) {
        return {};
    }
    TRY(const auto items, members.replaces->items());
    for (const YamlNode& item : items) {
        TRY(const auto named, item.members());
        for (const YamlNode::Member& member : named) {
            if (member.name != "name") {
                return member.key.wrong(fmt::format("replaces has no {}", member.name));
            }
            TRY(std::string name, member.value.text());
            if (name.empty() || name == limit.name) {
                return member.value.wrong("replaces needs the name of another limit");
            }
            limit.replaces.push_back(std::move(name));
        }
    }
    return {};
}

/// How much, in which time.
Result<void> read_quota(const YamlNode& node, const Members& members, RateLimit& limit) {
    if (members.unit.has_value() == members.period.has_value()) {
        return node.wrong("a rate_limit needs a unit, or a period, or unlimited: true");
    }
    limits::Quota& quota = limit.rule.quota;
    if (members.unit) {
        TRY(limit.unit,
            read_word(*members.unit, unit_of, "second, minute, hour, day, week, month, year"));
        quota.period = length_of(limit.unit);
    } else {
        TRY(quota.period, read_duration(*members.period));
        limit.unit = unit_of_length(quota.period);
    }
    if (!members.requests_per_unit) {
        return node.wrong("a rate_limit needs requests_per_unit");
    }
    TRY(const std::uint64_t amount, members.requests_per_unit->number(0, kUint32Max));
    limit.requests_per_unit = static_cast<std::uint32_t>(amount);
    limit.kind = amount == 0 ? RateLimit::Kind::kClosed : RateLimit::Kind::kCounted;
    quota.amount = amount;
    quota.burst = amount;
    if (members.burst) {
        TRY(quota.burst, members.burst->number(1, kUint32Max));
    }
    return {};
}

Result<void> read_reach(const Members& members, ConfigurationOptions options, limits::Rule& rule) {
    rule.reach = options.has_store ? limits::Reach::kShared : limits::Reach::kLocal;
    if (members.reach) {
        TRY(rule.reach, read_word(*members.reach, limits::reach_of, "local, shared, leased"));
        if (rule.reach != limits::Reach::kLocal && !options.has_store) {
            return members.reach->wrong(
                "what is shared needs a store: start the limiter with --store URL"
            );
        }
    }
    if (members.when_lost) {
        TRY(rule.when_lost,
            read_word(*members.when_lost, limits::when_lost_of, "allow, refuse, local"));
    }
    if (rule.reach == limits::Reach::kLeased) {
        rule.lease = std::max<std::uint64_t>(1, rule.quota.amount / kLeasesAPeriod);
    }
    for (const auto& only_leased : {members.lease, members.lease_for}) {
        if (only_leased && rule.reach != limits::Reach::kLeased) {
            return only_leased->wrong("a lease needs reach: leased");
        }
    }
    if (members.lease) {
        TRY(rule.lease, members.lease->number(1, kUint32Max));
    }
    if (members.lease_for) {
        TRY(rule.lease_for, read_duration(*members.lease_for));
    }
    return {};
}

Result<void> read_rule(
    const YamlNode& node,
    const Members& members,
    ConfigurationOptions options,
    RateLimit& limit
) {
    limits::Rule& rule = limit.rule;
    rule.name = limit.path;
    rule.shadow = limit.shadow;
    if (members.algorithm) {
        TRY(rule.algorithm,
            read_word(
                *members.algorithm,
                limits::algorithm_of,
                "token-bucket, leaking-meter, leaking-queue, gcra, fixed-window, sliding-log, "
                "sliding-counter, subwindow-counter"
            ));
    }
    if (members.keys) {
        TRY(rule.keys_max, members.keys->number(1, kKeysMax));
    }
    if (members.allow_uncounted) {
        TRY(rule.allow_uncounted, members.allow_uncounted->boolean());
    }
    if (auto reach = read_reach(members, options, rule); !reach) {
        return std::move(reach).error();
    }
    if (limit.kind == RateLimit::Kind::kCounted) {
        if (const auto made = limits::make_limit(rule); !made) {
            return node.wrong(made.error().message);
        }
        if (rule.reach == limits::Reach::kLocal) {
            return {};
        }
        if (const auto checked = limits::check_shared(rule); !checked) {
            return node.wrong(checked.error().message);
        }
    }
    return {};
}

}  // namespace

Result<void> read_rate_limit(const YamlNode& node, ConfigurationOptions options, RateLimit& limit) {
    TRY(const Members members, read_members(node));
    if (auto names = read_names(members, limit); !names) {
        return std::move(names).error();
    }
    if (members.unlimited) {
        TRY(const bool unlimited, members.unlimited->boolean());
        if (unlimited && members.unit) {
            return members.unit->wrong("what is unlimited has no unit");
        }
        if (unlimited) {
            limit.kind = RateLimit::Kind::kUnlimited;
            return {};
        }
    }
    if (auto quota = read_quota(node, members, limit); !quota) {
        return std::move(quota).error();
    }
    return read_rule(node, members, options, limit);
}

}  // namespace rookery::api::limiter
