#pragma once

#include "base/ids.h"
#include "base/task.h"
#include "social/accounts.h"
#include "social/environment.h"
#include "social/import_progress.h"
#include "social/posts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rookery::social {

struct PostImportOptions {
    std::uint64_t seed = 1;
    /// Posts are spread evenly at random over this long before the import began.
    std::int64_t period_ms = std::int64_t{30} * 24 * 3600 * 1000;
    /// Nobody hears of events before the import has ended, however it ends. So what finish() tells
    /// is told with the first posts as well: an import that is killed is not kept from anybody.
    bool is_alone = false;
};

/// Bulk import of public posts, a text per line, dealt at random to the accounts that there are.
/// Who posts a line and when depends only on the seed, the line's number, the accounts and the time
/// at which the import first began. Rows and counts are those of Posts::create; there are no
/// notifications. Skips lines that cannot be posts (empty, too long). One coroutine at a time uses
/// an object.
class PostImport {
public:
    /// A good number of lines for one add().
    static constexpr std::size_t kChunkLines = 1024;

    /// `name` identifies the input: an import of the same name goes on where the last one stopped.
    PostImport(
        Environment environment,
        Accounts& accounts,
        Posts& posts,
        std::string name,
        PostImportOptions options = {}
    );

    /// To be called first. What earlier runs did: skip that many lines of the input. kInvalid if
    /// there is nobody to post.
    [[nodiscard]] Task<Result<ImportProgress>> begin();

    /// Makes posts of the lines, the last of which is number `lines_done`, durable together with
    /// the note that they are done. kConflict if another import of this name is under way.
    [[nodiscard]] Task<Result<void>> add(std::vector<std::string> lines, std::uint64_t lines_done);

    /// Tells everybody to look again; also to be called when the import breaks off. More may be
    /// added after it.
    [[nodiscard]] Task<Result<ImportProgress>> finish();

    [[nodiscard]] const ImportProgress& progress() const { return progress_; }

private:
    [[nodiscard]] Task<Result<void>> load_authors();
    [[nodiscard]] Task<Result<void>> load_period();
    [[nodiscard]] Task<Result<void>>
    try_add(const std::vector<std::string>* lines, std::uint64_t lines_done);
    /// The ids of the lines from number `first` on; none is taken.
    [[nodiscard]] Task<Result<std::vector<PostId>>> ids_of(std::uint64_t first, std::size_t count);
    [[nodiscard]] AccountId author_of(std::uint64_t line) const;

    Environment environment_;
    Accounts& accounts_;
    Posts& posts_;
    PostImportOptions options_;
    std::string name_;
    ports::Key key_;
    ports::Key period_key_;
    ImportProgress progress_;
    std::optional<std::string> stored_progress_;  ///< as last read or written
    std::vector<AccountId> authors_;              ///< sorted
    std::uint64_t first_id_ = 0;
    std::uint64_t end_id_ = 0;
    bool has_added_ = false;
};

}  // namespace rookery::social
