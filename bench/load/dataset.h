#pragma once

#include "load/graph.h"

#include <cstdint>
#include <string>
#include <vector>

namespace rookery::load {

/// The shape of a made-up network.
struct DatasetOptions {
    std::uint64_t accounts = 100'000;  ///< numbered from 1; at least 2
    std::uint64_t seed = 1;
    double followees_mean = 40;  ///< of the lognormal law of how many an account follows
    double followees_sigma = 1.2;
    std::uint64_t followees_max = 5000;
    double popularity_exponent = 2.2;  ///< of the power law of how many follow an account
    double celebrity_share = 0.2;      ///< of all, who follow account 1 besides
};

/// A network in which each account's follows depend on nothing but the options and its number: it
/// can be written as a stream, however large, and any part of it can be told again later.
///
/// Whom an account follows is drawn with weights (rank + shift)^(-1 / (exponent - 1)), which gives
/// the followers the wanted power law; the shift keeps the most popular below a tenth of all, so
/// that account 1 is the largest whatever the size. Not thread-safe.
class MadeUpGraph final : public Graph {
public:
    explicit MadeUpGraph(const DatasetOptions& options);

    /// In rising order, none twice, not the account itself, at least one.
    [[nodiscard]] std::vector<std::uint64_t> followees(std::uint64_t follower) const override;

private:
    [[nodiscard]] std::uint64_t draw_popular(double unit) const;

    DatasetOptions options_;
    double power_ = 0;  ///< 1 - 1 / (exponent - 1)
    double shift_ = 0;
    double low_ = 0;            ///< shift^power
    double high_ = 0;           ///< (accounts + shift)^power
    std::uint64_t stride_ = 1;  ///< spreads the ranks over the accounts
};

/// The access token of an account in a made-up network: 43 characters of base64url.
[[nodiscard]] std::string made_up_token(std::uint64_t seed, std::uint64_t account);

}  // namespace rookery::load
