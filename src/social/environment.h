#pragma once

#include "base/blocking_pool.h"
#include "base/clock.h"
#include "base/id_generator.h"
#include "ports/store.h"

#include <string>

namespace rookery::social {

/// What every service of this room stands on. All outlive the services.
struct Environment {
    ports::Store& store;
    const Clock& clock;
    IdGenerator& ids;
    BlockingPool& pool;  ///< for what computes for long
    /// The host of the public URL ("example.org"): @bob@example.org mentions the local bob, too.
    std::string local_host = {};
};

}  // namespace rookery::social
