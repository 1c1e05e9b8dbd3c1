#include "base/log.h"
#include "search/segment_merge.h"
#include "search/segmented_index.h"

#include <algorithm>
#include <map>
#include <utility>

namespace rookery::search {

namespace {

/// Smaller segments are merged by whoever adds to them, so that there are never many.
constexpr std::uint32_t kSmallDocs = 4'096;

std::size_t tier_of(const Part& part, std::size_t width) {
    std::size_t tier = 0;
    for (std::size_t docs = part.living() / 64; docs >= width; docs /= width) {
        ++tier;
    }
    return tier;
}

/// More than a third of it is dead weight.
bool is_wasteful(const Part& part) {
    return part.dead->count() > part.segment->doc_count() / 3;
}

/// The ids that most of its documents lie between: few are of another time, such as edited ones.
struct Span {
    std::uint64_t oldest;
    std::uint64_t newest;
};

Span span_of(const Part& part) {
    const std::uint32_t count = part.segment->doc_count();
    return {part.segment->id(count - 1 - count / 10), part.segment->id(count / 10)};
}

bool are_of_one_time(const Part& a, const Part& b) {
    const Span of_a = span_of(a);
    const Span of_b = span_of(b);
    return of_a.oldest < of_b.newest && of_b.oldest < of_a.newest;
}

std::size_t bytes_of(const std::vector<Part>& parts) {
    std::size_t bytes = 0;
    for (const Part& part : parts) {
        bytes += part.segment->bytes();
    }
    return bytes;
}

}  // namespace

std::vector<Part> SegmentedIndex::choose_merge(bool small) const {
    std::map<std::size_t, std::vector<Part>> tiers;
    const SnapshotPtr now = snapshot();
    for (const Part& part : now->parts) {
        const bool is_small = part.file == 0 && part.segment->doc_count() < kSmallDocs;
        if (is_small != small || merging_.contains(part.segment.get())) {
            continue;
        }
        if (is_wasteful(part)) {
            return {part};
        }
        if (part.segment->doc_count() > config_.merged_docs_max) {
            continue;
        }
        auto& tier = tiers[tier_of(part, config_.merge_width)];
        tier.push_back(part);
        if (tier.size() >= config_.merge_width) {
            return tier;
        }
    }
    return small ? std::vector<Part>() : choose_of_one_time();
}

std::vector<Part> SegmentedIndex::choose_of_one_time() const {
    std::vector<Part> old = snapshot()->parts;
    std::erase_if(old, [this](const Part& part) {
        return !durable_files_.contains(part.file) || merging_.contains(part.segment.get());
    });
    std::ranges::sort(old, std::greater{}, [](const Part& p) { return p.segment->doc_count(); });
    for (auto largest = old.begin(); largest != old.end(); ++largest) {
        std::vector<Part> chosen{*largest};
        std::size_t others = 0;
        for (auto other = largest + 1; other != old.end(); ++other) {
            const std::size_t all = largest->segment->doc_count() + others;
            if (are_of_one_time(*largest, *other) &&
                all + other->segment->doc_count() <= config_.merged_docs_max) {
                others += other->segment->doc_count();
                chosen.push_back(*other);
            }
        }
        // Or else the price of writing the largest again is too high.
        if (others > largest->segment->doc_count() / config_.merge_width) {
            return chosen;
        }
    }
    return {};
}

void SegmentedIndex::merge_small_parts() {
    for (;;) {
        std::vector<Part> sources;
        {
            const std::scoped_lock lock(parts_mutex_);
            sources = choose_merge(true);
        }
        if (sources.empty()) {
            break;
        }
        // In memory nothing can fail.
        static_cast<void>(merge(sources, false));
    }
    wake_background();
}

void SegmentedIndex::wake_background() {
    {
        const std::scoped_lock lock(wake_mutex_);
        work_ = true;
        idle_ = false;
    }
    wake_.notify_all();
}

Result<void> SegmentedIndex::merge(const std::vector<Part>& sources, bool into_file) {
    std::vector<MergeSource> living;
    std::vector<std::shared_ptr<DeadDocs>> dead_before;
    for (const Part& part : sources) {
        auto dead = std::make_shared<DeadDocs>(part.segment->doc_count());
        static_cast<void>(dead->decode(part.dead->encode()));
        living.push_back({part.segment, dead});
        dead_before.push_back(std::move(dead));
    }
    Part made;
    if (into_file) {
        made.file = next_file_++;
        {
            const std::scoped_lock lock(parts_mutex_);
            new_files_.insert(made.file);
        }
        auto merged = files_.merge_into(made.file, living, stopping_);
        if (!merged || !*merged) {
            const std::scoped_lock lock(parts_mutex_);
            new_files_.erase(made.file);
        }
        TRY(made.segment, std::move(merged));
    } else if (std::string bytes = merge_segments(living, stopping_); !bytes.empty()) {
        TRY(made.segment, Segment::open(hold(std::move(bytes))));
    }
    if (stopping_) {
        return {};
    }
    if (made.segment == nullptr) {
        replace(sources, dead_before, std::nullopt);
        return {};
    }
    made.dead = std::make_shared<DeadDocs>(made.segment->doc_count());
    replace(sources, dead_before, std::move(made));
    return {};
}

void SegmentedIndex::replace(
    const std::vector<Part>& sources,
    const std::vector<std::shared_ptr<DeadDocs>>& dead_before,
    std::optional<Part> made
) {
    const std::scoped_lock lock(parts_mutex_);
    if (made) {
        // What died during the merge is dead in the new segment, too.
        for (std::size_t i = 0; i < sources.size(); ++i) {
            const Part& source = sources[i];
            if (source.dead->count() == dead_before[i]->count()) {
                continue;
            }
            for (DocNumber doc = 0; doc < source.segment->doc_count(); ++doc) {
                if (source.dead->has(doc) && !dead_before[i]->has(doc)) {
                    if (const auto there = made->segment->find(source.segment->id(doc))) {
                        made->dead->mark(*there);
                    }
                }
            }
        }
    }
    std::vector<Part> parts = snapshot()->parts;
    std::erase_if(parts, [&sources](const Part& part) {
        return std::ranges::any_of(sources, [&part](const Part& source) {
            return source.segment == part.segment;
        });
    });
    if (made) {
        new_files_.erase(made->file);
        parts.push_back(std::move(*made));
    }
    publish(std::move(parts));
}

void SegmentedIndex::merge_in_background() {
    while (!stopping_) {
        std::vector<Part> sources;
        {
            const std::scoped_lock lock(parts_mutex_);
            sources = choose_merge(false);
            for (const Part& part : sources) {
                merging_.insert(part.segment.get());
            }
        }
        if (!sources.empty()) {
            const bool into_file =
                bytes_of(sources) > config_.memory_segment_bytes_max ||
                std::ranges::any_of(sources, [](const Part& part) { return part.file != 0; });
            const auto merged = merge(sources, into_file);
            const std::scoped_lock lock(parts_mutex_);
            merging_.clear();
            if (merged) {
                continue;
            }
            log::error("the search index cannot be merged", {{"error", merged.error().message}});
        }
        std::unique_lock lock(wake_mutex_);
        idle_ = sources.empty() && !work_;
        wake_.notify_all();
        // After a failure, at the next change.
        wake_.wait(lock, [this] { return work_; });
        work_ = false;
    }
}

void SegmentedIndex::settle() {
    std::unique_lock lock(wake_mutex_);
    wake_.wait(lock, [this] { return idle_; });
}

}  // namespace rookery::search
