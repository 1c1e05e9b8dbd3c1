// What a flush makes durable, and in which order.
#include "search/segmented_index.h"

#include <algorithm>
#include <utility>

namespace rookery::search {

Result<void> SegmentedIndex::write_parts_in_memory() {
    std::vector<Part> free;
    std::vector<Part> merging;
    {
        const std::scoped_lock lock(parts_mutex_);
        for (const Part& part : snapshot()->parts) {
            if (part.file == 0) {
                (merging_.contains(part.segment.get()) ? merging : free).push_back(part);
            }
        }
    }
    if (!free.empty()) {
        if (auto merged = merge(free, true); !merged) {
            return merged;
        }
    }
    for (const Part& part : merging) {
        const std::uint64_t file = next_file_++;
        {
            const std::scoped_lock lock(parts_mutex_);
            new_files_.insert(file);
        }
        if (auto written = files_.write_segment(file, part.segment->raw()); !written) {
            return std::move(written).error();
        }
        const std::scoped_lock lock(parts_mutex_);
        std::vector<Part> parts = snapshot()->parts;
        for (Part& there : parts) {
            if (there.segment == part.segment) {
                there.file = file;
            }
        }
        publish(std::move(parts));
        new_files_.erase(file);
    }
    return {};
}

Result<void> SegmentedIndex::flush_now() {
    const std::scoped_lock flush_lock(flush_mutex_);
    SnapshotPtr written;
    Manifest manifest;
    {
        const std::scoped_lock lock(apply_mutex_);
        // Again when a merge in the background has put another part into memory meanwhile.
        do {
            if (auto done = write_parts_in_memory(); !done) {
                return done;
            }
            if (stopping_) {
                return fail(ErrorCode::kUnavailable, "the search index is stopping");
            }
            const std::scoped_lock parts_lock(parts_mutex_);
            written = snapshot();
            manifest.checkpoint = applied_checkpoint_;
        } while (std::ranges::any_of(written->parts, [](const Part& p) { return p.file == 0; }));
    }
    // What dies from here on dies again when the events after the checkpoint come again.
    for (const Part& part : written->parts) {
        manifest.files.push_back(part.file);
        const std::uint32_t dead = part.dead->count();
        if (dead == dead_written_[part.file]) {
            continue;
        }
        if (auto done = files_.write_dead(part); !done) {
            return done;
        }
        dead_written_[part.file] = dead;
    }
    manifest.next_file = next_file_;
    if (manifest == written_) {
        return {};
    }
    if (auto done = files_.write_manifest(manifest); !done) {
        return done;
    }
    written_ = manifest;
    std::erase_if(dead_written_, [&manifest](const auto& entry) {
        return std::ranges::find(manifest.files, entry.first) == manifest.files.end();
    });
    durable_checkpoint_ = manifest.checkpoint;
    {
        const std::scoped_lock parts_lock(parts_mutex_);
        std::set<std::uint64_t> kept(manifest.files.begin(), manifest.files.end());
        durable_files_ = kept;
        for (const Part& part : snapshot()->parts) {
            kept.insert(part.file);
        }
        kept.insert(new_files_.begin(), new_files_.end());
        files_.remove_others(kept);
    }
    wake_background();  // what is durable now may be merged
    return {};
}

}  // namespace rookery::search
