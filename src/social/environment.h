#pragma once

#include "base/blocking_pool.h"
#include "base/clock.h"
#include "base/id_generator.h"
#include "ports/store.h"

namespace rookery::social {

/// What every service of this room stands on. All outlive the services.
struct Environment {
    ports::Store& store;
    const Clock& clock;
    IdGenerator& ids;
    BlockingPool& pool;  ///< for what computes for long
};

}  // namespace rookery::social
