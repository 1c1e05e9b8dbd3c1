#include "kit/task_driver.h"

namespace rookery::kit {

void run(Task<void> task) {
    boost::asio::io_context context(1);
    std::exception_ptr error;
    boost::asio::co_spawn(context, std::move(task), [&](std::exception_ptr e) { error = e; });
    context.run();
    if (error) {
        std::rethrow_exception(error);
    }
}

}  // namespace rookery::kit
