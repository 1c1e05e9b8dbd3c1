#include "app/config.h"

#include <iterator>

namespace rookery::app {

namespace {

constexpr double kUint32Max = 4'294'967'295.0;
constexpr double kBytesMax = 1e12;
constexpr double kCountMax = 1e9;
constexpr double kTextMax = 100'000;

void append(std::vector<Option>& all, std::vector<Option> more) {
    all.insert(
        all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end())
    );
}

// clang-format off: a table is read by its columns.

std::vector<Option> instance_options(api::mastodon::ApiConfig& c) {
    return {
        {"instance", "url", &c.base_url, 0, 300, "The public address, without a slash at its end; empty: http:// and the address listened on.", "Posts are stored without it, so it may change; apps have to sign in again.", {}},
        {"instance", "title", &c.title, 0, 200, "The server's name, as clients show it.", "", {}},
        {"instance", "description", &c.description, 0, kTextMax, "What the server is for, in a sentence or two.", "", {}},
        {"instance", "contact_email", &c.contact_email, 0, 300, "Where to write to; may be empty.", "It is public.", {}},
        {"instance", "contact_account", &c.contact_account, 0, 30, "The username of whom to ask; may be empty.", "", {}},
        {"instance", "rules", &c.rules, 0, 0, "The rules of the house, one sentence each.", "", {}},
        {"instance", "privacy_policy", &c.privacy_policy, 0, kTextMax, "Plain text; empty: one that says what the software stores.", "", {}},
        {"instance", "languages", &c.languages, 0, 0, "Languages spoken here (ISO 639-1).", "", {}},
        {"instance", "registrations_open", &c.registrations_open, 0, 0, "Whether anybody may sign up.", "Open doors need someone who looks after the house.", {}},
        {"instance", "password_grant", &c.password_grant, 0, 0, "OAuth's password grant, for test suites.", "Apps then see people's passwords. Leave it off.", {}},
    };
}

std::vector<Option> rate_options(RateLimitsConfig& c) {
    return {
        {"rate_limits", "enabled", &c.enabled, 0, 0, "Whether there are rate limits at all.", "Without them one script can keep the server busy.", {}},
        {"rate_limits", "store", &c.store.url, 0, 2'000, "Redis or Valkey, in which several servers count together (redis://[user:password@]host[:port][/database], unix:///path); empty: each counts for itself.", "A question to it for each request under a rule that is shared.", {}},
        {"rate_limits", "store_prefix", &c.store.prefix, 0, 100, "What its keys begin with; servers of one prefix count together.", "", {}},
        {"rate_limits", "store_secret", &c.store.secret, 0, 200, "The same text on all servers, with which the keys are hashed.", "Without one, whoever reads the store can find out addresses by trying them all.", {}},
        {"rate_limits", "store_ask_timeout_ms", &c.store.ask_timeout, 1, 60'000, "How long a request waits for the store; then the store counts as lost.", "", {}},
        {"rate_limits", "store_connect_timeout_ms", &c.store.connect_timeout, 1, 60'000, "How long to wait for a connection to it.", "", {}},
        {"rate_limits", "store_waiting_max", &c.store.waiting_max, 1, kCountMax, "Requests that wait for the store; more are decided as if it were lost.", "Memory.", {}},
        {"rate_limits", "store_lease_keys_max", &c.store.lease_keys_max, 1, kCountMax, "Keys for which leases are held; others ask the store each time.", "About 150 bytes each.", {}},
        {"rate_limits", "rule", &c.rules, 0, 0, "The rules. One of a built-in rule's name changes what it names of that; another is one more.", "", {}},
    };
}

std::vector<Option> http_options(http::ServerConfig& c) {
    return {
        {"http", "threads", &c.threads, 0, 1024, "Network threads; 0: one for each core.", "More than cores gains nothing.", {}},
        {"http", "connections_max", &c.connections_max, 1, 1e7, "Open connections, streams included; more are refused.", "About 10 KB and a file descriptor each.", {}},
        {"http", "head_bytes_max", &c.head_bytes_max, 1024, 1e6, "Request line and headers.", "Memory per connection while a head comes in.", {}},
        {"http", "header_count_max", &c.header_count_max, 10, 10'000, "Headers of a request.", "", {}},
        {"http", "body_bytes_max", &c.body_bytes_max, 1024, 1e10, "One request's body.", "Memory per request under way.", {}},
        {"http", "bodies_bytes_max", &c.bodies_bytes_max, 1024, kBytesMax, "Bodies under way, all together; over it: 503.", "Memory.", {}},
        {"http", "params_max", &c.params_max, 10, 1e6, "Parameters of one request.", "", {}},
        {"http", "pipelined_max", &c.pipelined_max, 1, 10'000, "Requests of one connection answered in a row before others get their turn.", "Latency of the others.", {}},
        {"http", "head_timeout_ms", &c.head_timeout_ms, 100, kUint32Max, "From a request's first byte to the end of its head.", "Slow attackers hold connections for so long.", {}},
        {"http", "body_timeout_ms", &c.body_timeout_ms, 100, kUint32Max, "For a body to arrive.", "As above.", {}},
        {"http", "write_timeout_ms", &c.write_timeout_ms, 100, kUint32Max, "For an answer to leave.", "As above.", {}},
        {"http", "idle_timeout_ms", &c.idle_timeout_ms, 100, kUint32Max, "Between requests of a kept connection.", "A connection's memory for so long.", {}},
        {"http", "handler_timeout_ms", &c.handler_timeout_ms, 100, kUint32Max, "For an answer to be made; then 503.", "", {}},
        {"http", "drain_timeout_ms", &c.drain_timeout_ms, 0, kUint32Max, "At stop, for requests under way to end.", "A stop may take so long.", {}},
        {"http", "websocket_message_bytes_max", &c.websocket_message_bytes_max, 1024, 1e8, "One message from a streaming client.", "Memory per stream.", {}},
        {"http", "push_queue_bytes_max", &c.push_queue_bytes_max, 1024, 1e9, "Waiting for a slow stream; over it the stream is closed.", "Memory per slow stream.", {}},
        {"http", "websocket_ping_interval_ms", &c.websocket_ping_interval_ms, 1000, kUint32Max, "Between pings; a client that does not answer is cut.", "Less wakes phones more often.", {}},
        {"http", "event_stream_heartbeat_ms", &c.event_stream_heartbeat_ms, 1000, kUint32Max, "Between heartbeats of server-sent events.", "As above.", {}},
        {"http", "gzip_level", &c.gzip_level, 0, 9, "Compression of answers; 0: none.", "CPU: a feed of 30 KB becomes 3.0 KB in 10 us at level 1, 2.5 KB in 30 us at 2, 2.2 KB in 300 us at 6.", {}},
        {"http", "gzip_bytes_min", &c.gzip_bytes_min, 0, 1e9, "Smaller answers are not compressed.", "", {}},
        {"http", "gzip_inline_bytes_max", &c.gzip_inline_bytes_max, 1024, 1e9, "Larger answers are compressed on a thread of their own.", "64 KB hold a network thread for 20 us at level 1, for 0.6 ms at 6.", {}},
        {"http", "trusted_proxies", &c.trusted_proxies, 0, 0, "Addresses or blocks (10.0.0.0/8) whose X-Forwarded-For, -Proto and X-Request-Id are believed.", "Whoever is listed can claim any address.", {}},
    };
}

std::vector<Option> store_options(Config& config) {
    store::RocksStoreConfig& c = config.store;
    return {
        {"store", "sync", &config.process.sync, 0, 0, "When a write is acknowledged: always, after fsync; interval, before it.", "interval is faster, and a power cut loses the last sync_interval_ms of acknowledged writes (kill -9 loses none).", {"always", "interval"}},
        {"store", "sync_interval_ms", &c.sync_interval_ms, 1, 60'000, "Only for sync = interval.", "What a power cut may lose.", {}},
        {"store", "block_cache_bytes", &c.block_cache_bytes, 1 << 20, kBytesMax, "Rows kept in memory.", "Memory; less means more reads from disk (50 us instead of 5).", {}},
        {"store", "write_buffer_bytes", &c.write_buffer_bytes, 1 << 20, 1e10, "New rows gather in buffers of this size, up to four at a time.", "Memory, and the time to read the log again after a crash.", {}},
        {"store", "commit_queue_batches_max", &c.commit_queue_batches_max, 1, kCountMax, "Writes waiting; more fail at once with 503.", "A longer queue only makes everybody wait longer.", {}},
        {"store", "commit_queue_bytes_max", &c.commit_queue_bytes_max, 1 << 20, kBytesMax, "The same in bytes.", "Memory.", {}},
        {"store", "commit_group_bytes_max", &c.commit_group_bytes_max, 1 << 12, 1e10, "Written with one fsync at most.", "Latency of the first of a group.", {}},
        {"store", "commit_group_interval_ms", &c.commit_group_interval, 0, 1000, "How far apart groups of commits begin at least while several come at once.", "Latency of each; less takes more CPU.", {}},
        {"store", "background_jobs_max", &c.background_jobs_max, 1, 64, "Flushes and compactions at the same time.", "CPU and disk taken from requests.", {}},
        {"store", "open_files_max", &c.open_files_max, 16, 1e6, "Table files held open.", "A file descriptor each.", {}},
        {"store", "accept_damaged_log", &c.accept_damaged_log, 0, 0, "For rescue: open a directory whose log is damaged.", "Drops every write from the damage on, acknowledged or not.", {}},
    };
}

std::vector<Option> social_options(Config& c) {
    return {
        {"accounts", "display_name_characters_max", &c.accounts.display_name_characters_max, 1, 1000, "Length of a display name.", "", {}},
        {"accounts", "note_characters_max", &c.accounts.note_characters_max, 0, 100'000, "Length of a profile's text.", "Sent with every post of its author.", {}},
        {"accounts", "fields_max", &c.accounts.fields_max, 0, 100, "Rows of a profile's table.", "As above.", {}},
        {"accounts", "field_characters_max", &c.accounts.field_characters_max, 1, 10'000, "Length of a name or value there.", "As above.", {}},
        {"accounts", "password_characters_min", &c.accounts.password_characters_min, 1, 100, "Shortest password.", "Less is easier to guess.", {}},
        {"accounts", "cached_accounts_max", &c.accounts.cached_accounts_max, 100, kCountMax, "Accounts kept in memory.", "About 1 KB each.", {}},
        {"sessions", "cached_sessions_max", &c.sessions.cached_sessions_max, 100, kCountMax, "Sessions kept in memory.", "About 1 KB each.", {}},
        {"sessions", "unused_app_seconds", &c.sessions.unused_app_seconds, 3600, 1e10, "A registered app without a token or an open authorization is forgotten after so long.", "A row for each registration for so long.", {}},
        {"sessions", "app_token_seconds", &c.sessions.app_token_seconds, 3600, 1e10, "Life of an app's own token (client-credentials grant).", "A row for each token for so long.", {}},
        {"posts", "characters_max", &c.posts.characters_max, 1, 1e6, "Length of a post, content warning included.", "Bytes on every page; clients are told.", {}},
        {"posts", "cached_posts_max", &c.posts.cached_posts_max, 100, kCountMax, "Posts kept in memory.", "About 1 KB each.", {}},
        {"posts", "idempotency_seconds", &c.posts.idempotency_seconds, 1, 1e7, "How long a repeated Idempotency-Key returns the first post.", "A row per post for so long.", {}},
        {"posts", "commit_timeout_ms", &c.posts.commit_timeout_ms, 100, kUint32Max, "Longest wait for the disk before a writer hears 503.", "", {}},
        {"lists", "lists_max", &c.lists.lists_max, 0, 10'000, "Lists of one account.", "", {}},
        {"lists", "members_max", &c.lists.members_max, 0, 1e6, "Members of one list.", "Time of reading a list's timeline.", {}},
        {"lists", "title_bytes_max", &c.lists.title_bytes_max, 1, 10'000, "Length of a list's title.", "", {}},
        {"threads", "ancestors_max", &c.threads.ancestors_max, 1, 1e6, "Posts above the one asked for, signed in.", "Size of one answer.", {}},
        {"threads", "descendants_max", &c.threads.descendants_max, 1, 1e6, "Posts below it, signed in.", "As above.", {}},
        {"threads", "depth_max", &c.threads.depth_max, 1, 1e6, "Levels below it, signed in.", "As above.", {}},
        {"threads", "anonymous_ancestors_max", &c.threads.anonymous_ancestors_max, 1, 1e6, "The same for those who are not signed in.", "As above.", {}},
        {"threads", "anonymous_descendants_max", &c.threads.anonymous_descendants_max, 1, 1e6, "The same for those who are not signed in.", "As above.", {}},
        {"threads", "anonymous_depth_max", &c.threads.anonymous_depth_max, 1, 1e6, "The same for those who are not signed in.", "As above.", {}},
    };
}

std::vector<Option> feed_options(Config& c) {
    return {
        {"feed", "policy", &c.feed_policy.policy, 0, 0, "Along which edges posts are pushed into inboxes; no page ever differs.", "CPU only: compare with the metrics of the home feed.", {"demand-priced", "follower-threshold", "push-all", "pull-all"}},
        {"feed", "threshold_followers", &c.feed_policy.threshold_followers, 0, kCountMax, "follower-threshold: authors with more are pulled.", "", {}},
        {"feed", "push_cost", &c.feed_policy.push_cost, 0.001, 1000, "demand-priced: what a push costs, relative to pull_cost.", "", {}},
        {"feed", "pull_cost", &c.feed_policy.pull_cost, 0.001, 1000, "demand-priced: what a pull costs.", "", {}},
        {"feed", "inbox_entries_max", &c.feed.inbox_entries_max, 20, 100'000, "Posts kept for one active reader.", "8 bytes each; older pages are merged from the store.", {}},
        {"feed", "inbox_seed_entries", &c.feed.inbox_seed_entries, 20, 100'000, "Posts gathered when an inbox is built.", "Time of the first page after an absence.", {}},
        {"feed", "inboxes_max", &c.feed.inboxes_max, 1, kCountMax, "Readers with an inbox in memory.", "inbox_entries_max times 8 bytes each.", {}},
        {"feed", "author_rings_max", &c.feed.author_rings_max, 1, kCountMax, "Authors whose newest posts are in memory.", "About 90 bytes each.", {}},
        {"feed", "push_at_once_max", &c.feed.push_at_once_max, 0, 1e6, "A post with more receivers is pushed in the background.", "A post's author waits for pushes done at once.", {}},
        {"feed", "policy_refresh_seconds", &c.feed.policy_refresh_seconds, 1, 1e7, "How long a decision of the policy holds.", "", {}},
        {"feed", "repeated_boost_window", &c.feed.repeated_boost_window, 0, 1000, "Among how many older entries a boost's post must be new.", "Look-ups per page.", {}},
        {"notifications", "subscribers_max", &c.notify.subscribers_max, 0, 1e7, "Of those who asked to be told of an author's posts, so many are.", "Rows written per post.", {}},
        {"notifications", "boosters_told_max", &c.notify.boosters_told_max, 0, 1e7, "Of those who boosted a post, so many are told of its edit.", "Rows written per edit.", {}},
    };
}

std::vector<Option> search_options(SearchConfig& c) {
    return {
        {"search", "query_bytes_max", &c.posts.query.bytes_max, 16, 1e6, "Length of a query.", "CPU of each search.", {}},
        {"search", "query_clauses_max", &c.posts.query.clauses_max, 1, 500, "Words, phrases and operators of a query.", "As above.", {}},
        {"search", "examined_max", &c.posts.examined_max, 40, 1e6, "Matching posts that are looked at for one page.", "A search whose matches hardly anybody may see takes as long as that takes.", {}},
        {"search", "recency", &c.posts.recency, 0, 1000, "By relevance: how much more a post of this moment counts than an old one with the same words.", "", {}},
        {"search", "half_life_ms", &c.posts.half_life_ms, 1000, 1e13, "After so long that has halved.", "", {}},
        {"search", "library_posts_max", &c.library_posts_max, 1, 1e7, "Favourites, boosts and bookmarks of somebody that their searches look through, the latest.", "8 bytes each in memory, and a read of all of them at the first search.", {}},
        {"search", "cached_libraries_max", &c.cached_libraries_max, 1, 1e7, "People whose marks are kept in memory for their next search.", "Memory: up to library_posts_max times 8 bytes each.", {}},
        {"search", "people_bio_words_max", &c.people_index.bio_words_max, 0, 1000, "Different words of somebody's bio and profile fields that they are found by.", "Memory: 9 bytes each, beside some 60 bytes an account.", {}},
        {"search", "people_examined_max", &c.people.examined_max, 80, 1e6, "People that are looked at for one page of people, with those of the pages before.", "CPU of far pages, and of searches that find many who may not be shown.", {}},
        {"search", "people_steps_max", &c.people.steps_max, 1000, 1e9, "Accounts that are compared with one query; then it ends with what it has found.", "A core for so long: about 5 million a second.", {}},
        {"search", "circle_asked_max", &c.circles.asked_max, 0, 10'000, "Of those whom a searcher follows, so many are asked whom they follow, to show first who is near.", "A read each, at the first search and every ten minutes.", {}},
        {"search", "circle_each_max", &c.circles.each_max, 0, 10'000, "Each is asked for so many.", "Memory: about 25 bytes each.", {}},
        {"search", "circle_followers_max", &c.circles.followers_max, 0, 1e6, "Followers of a searcher that count as near, the latest.", "As above.", {}},
        {"search", "cached_circles_max", &c.circles.cached_max, 1, 1e6, "People whose circles are kept in memory for their next search.", "Memory: up to 25 times (circle_asked_max times circle_each_max, and those on both sides) bytes each.", {}},
        {"search", "tags_max", &c.tags_max, 0, 1e8, "Hashtags that are completed; more are found by their whole name only.", "Memory: about 150 bytes each.", {}},
        {"search", "tags_fill_posts_max", &c.tag_index.fill_posts_max, 0, 1e9, "Public posts, the newest, whose hashtags are completed first after a start; then all others are.", "A start reads them all, in the background: some seconds for 200000.", {}},
        {"search", "steps_max", &c.index.steps_max, 1000, 1e12, "From document to document, within one search; then it ends with what it has found.", "A core for so long: about 50 million a second.", {}},
        {"search", "inline_bytes_max", &c.index.inline_bytes_max, 0, kBytesMax, "A larger index is searched on threads that may wait for the disk.", "Memory: a smaller one is expected to stay in the system's cache.", {}},
        {"search", "completed_terms_max", &c.index.completed_terms_max, 100, kCountMax, "Terms of a segment that a completion looks at.", "CPU of each completion.", {}},
        {"search", "merge_width", &c.index.merge_width, 2, 64, "So many segments of a size become one.", "More write less and search more segments.", {}},
        {"search", "memory_segment_bytes_max", &c.index.memory_segment_bytes_max, 1024, kBytesMax, "Larger segments are files.", "Memory: up to merge_width of them and more while they are merged.", {}},
        {"search", "merged_docs_max", &c.index.merged_docs_max, 1000, 1e9, "Segments with more posts are merged no more.", "A merge takes the disk space of its segments once more, and 4 bytes a post, for its time.", {}},
        {"search", "flush_interval_ms", &c.flush_interval, 100, 86'400'000, "The index is made durable this often; what came later is indexed again after a crash.", "Less: more small files.", {}},
    };
}

std::vector<Option> trend_options(discover::trends::TrendLimits& c) {
    return {
        {"trends", "enabled", &c.enabled, 0, 0, "Whether anything trends.", "", {}},
        {"trends", "review", &c.review, 0, 0, "Whether only what a moderator approved is shown.", "Somebody has to look every day.", {}},
        {"trends", "tag_half_life_ms", &c.tag_half_life_ms, 600'000, 1e9, "After so long a use of a hashtag counts half.", "Longer follows the day, shorter the moment.", {}},
        {"trends", "post_half_life_ms", &c.post_half_life_ms, 600'000, 1e9, "The same of a boost or favourite of a post.", "", {}},
        {"trends", "link_half_life_ms", &c.link_half_life_ms, 600'000, 1e9, "The same of a post with a link.", "", {}},
        {"trends", "voices_min", &c.voices_min, 0, 1e6, "What trends is taken up by people worth so much together, today and yesterday; one counts 1 at most.", "Fewer let a handful of people decide.", {}},
        {"trends", "score_min", &c.score_min, 0, 1e6, "What trends is used so many standard deviations more than expected.", "Less shows what is always used.", {}},
        {"trends", "account_age_full_ms", &c.crowd.account_age_full_ms, 0, 1e11, "An account counts fully when it is so old, and in proportion before.", "Less helps those who make accounts by the hundred, more keeps newcomers out.", {}},
        {"trends", "followers_half", &c.crowd.followers_half, 0, 1e6, "With so many followers that take no part an account counts half; at 0 one is enough.", "As above.", {}},
        {"trends", "followers_read_max", &c.crowd.followers_read_max, 1, 10'000, "Of an account that takes part, so many followers are looked at.", "Reads, and 8 bytes each while it is judged.", {}},
        {"trends", "items_max", &c.items_max, 100, kCountMax, "Hashtags, posts and links whose uses are counted, of each so many.", "About 350 bytes each, and up to 5.5 KB if many people use it every day.", {}},
        {"trends", "sample_accounts_max", &c.sample_accounts_max, 8, 10'000, "Accounts known by name for a thing and day; of more, a sample.", "24 bytes each; numbers above it are estimated with an error of one by its root.", {}},
        {"trends", "candidates_max", &c.candidates_max, 1, 10'000, "Things of each kind that are judged each time.", "Reads of the posts, accounts and followers behind each.", {}},
        {"trends", "listed_max", &c.listed_max, 1, 1'000, "Length of the lists.", "Trending posts are looked at for every reader.", {}},
        {"trends", "posts_per_author_max", &c.posts_per_author_max, 1, 1'000, "Trending posts of one author.", "", {}},
        {"trends", "tags_per_post_max", &c.tags_per_post_max, 1, 1'000, "Hashtags of a post that count, the first.", "Work per post.", {}},
        {"trends", "links_per_post_max", &c.links_per_post_max, 1, 1'000, "The same of links.", "As above.", {}},
        {"trends", "fill_posts_max", &c.fill_posts_max, 0, kCountMax, "Public posts that are looked at after the start, the newest of a week.", "A second for some ten thousand, beside everything else.", {}},
        {"trends", "fill_reactions_max", &c.fill_reactions_max, 1, 1e6, "Boosts and favourites of each that are looked at, the newest; of each account as many of older posts.", "As above.", {}},
        {"trends", "fill_accounts_max", &c.fill_accounts_max, 0, kCountMax, "Accounts, the oldest, whose boosts and favourites of older posts are looked at after the start.", "A look for each in two tables, some 5 us of CPU each, before the first lists.", {}},
        {"trends", "refresh_interval_ms", &c.refresh_interval, 10, 86'400'000, "How often the lists are made.", "CPU of one core, in steps of some milliseconds, for each making.", {}},
    };
}

std::vector<Option> discovery_options(DiscoveryConfig& c) {
    return {
        {"discovery", "graph_follows_max", &c.graph.edges_max, 1000, 4e9, "Follows kept in memory, for suggestions and for what people have in common. If there are more, only the newest follows of those who follow the most are kept, and the answers are of these.", "Memory: 4 to 8 bytes a follow, both ways, and twice that while they are read anew.", {}},
        {"discovery", "graph_changes_min", &c.graph.live.merged_changes_min, 100, 1e6, "Follows that change before they are packed with the rest; at least a thirtieth of all.", "Each takes about 100 bytes until then.", {}},
        {"discovery", "featured_accounts", &c.suggestions.featured, 0, 0, "Usernames that are suggested to everybody first.", "", {}},
        {"discovery", "walk_steps", &c.suggestions.walk_steps, 0, 1e6, "Steps of the random walks for one account's suggestions.", "CPU: 1,000 take 0.3 to 0.6 ms.", {}},
        {"discovery", "suggestions_kept_ms", &c.suggestions.kept, 0, 86'400'000, "An account's suggestions are made anew after so long, or when its own follows change.", "Longer: what others follow counts later.", {}},
        {"discovery", "suggestions_cached_max", &c.suggestions.cached_rankings_max, 1, 1e7, "Accounts whose suggestions are kept for so long.", "10 KB each.", {}},
    };
}

std::vector<Option> event_options(events::RunnerConfig& c) {
    return {
        {"events", "batch_events_max", &c.subscription.batch_events_max, 1, 100'000, "Events handed to a consumer at once.", "A longer step to repeat after a crash.", {}},
        {"events", "tries_max", &c.subscription.tries_max, 1, 1000, "An event that failed so often becomes a dead letter.", "Younger events wait for so long.", {}},
        {"events", "backoff_first_ms", &c.subscription.backoff_first, 1, 60'000, "Wait after the first failure; doubled after each more.", "", {}},
        {"events", "backoff_max_ms", &c.subscription.backoff_max, 1, 3'600'000, "Longest such wait.", "", {}},
        {"events", "checkpoint_events_max", &c.subscription.checkpoint_events_max, 1, 1e9, "Events that lead to nothing, after which a place is written down all the same.", "As many come again after a crash.", {}},
        {"events", "checkpoint_interval_ms", &c.subscription.checkpoint_interval, 1, 3'600'000, "The same by time.", "As above.", {}},
        {"events", "sweep_interval_ms", &c.sweep_interval, 1, 3'600'000, "The outbox is looked at so often even if nothing nudged.", "Less costs reads while nothing happens.", {}},
        {"events", "retention_ms", &c.retention_ms, 0, 1e12, "Events are kept so long, and longer while a consumer has not handled them.", "Disk: about 60 bytes an event.", {}},
        {"events", "trim_interval_ms", &c.trim_interval, 1, 1e9, "How often old events are removed.", "", {}},
        {"events", "stop_deadline_ms", &c.stop_deadline, 0, 600'000, "At stop, for consumers to end what they are at.", "A stop may take so much longer.", {}},
    };
}

std::vector<Option> stream_options(api::mastodon::StreamLimits& c) {
    return {
        {"streaming", "topics_max", &c.topics_max, 1, 10'000, "Subscriptions of one connection.", "Work per post.", {}},
        {"streaming", "streams_per_account_max", &c.streams_per_account_max, 1, 1e6, "Open streams of one account.", "Memory, and work per post.", {}},
        {"streaming", "queued_events_max", &c.queued_events_max, 100, 1e8, "Events waiting to be streamed; over it all streams are closed and their clients read what they missed.", "40 bytes each.", {}},
        {"streaming", "queued_messages_max", &c.queued_messages_max, 1, 100'000, "Messages of one client waiting to be obeyed.", "Memory.", {}},
    };
}

std::vector<Option> view_options(api::mastodon::ApiConfig& c) {
    return {
        {"views", "cached_accounts_max", &c.cached_account_views_max, 100, kCountMax, "Rendered accounts kept in memory.", "About 0.4 KB each.", {}},
        {"views", "cached_posts_max", &c.cached_cards_max, 100, kCountMax, "Rendered posts kept in memory.", "About 1 KB each.", {}},
    };
}

std::vector<Option> process_options(ProcessConfig& c) {
    return {
        {"process", "log_level", &c.log_level, 0, 0, "The least that is logged.", "debug writes a line per request and step.", {"debug", "info", "warning", "error"}},
        {"process", "metrics_token", &c.metrics_token, 0, 200, "With it, /metrics answers anyone who sends it as a bearer token; without, only this machine.", "", {}},
        {"process", "blocking_threads", &c.blocking_threads, 0, 1024, "Threads for reads that miss the cache and for passwords; 0: two for each core.", "1 MB of stack each, touched as used.", {}},
    };
}

// clang-format on

}  // namespace

std::vector<Option> options_of(Config& config) {
    std::vector<Option> all;
    append(all, instance_options(config.api));
    append(all, rate_options(config.rate_limits));
    append(all, http_options(config.http));
    append(all, store_options(config));
    append(all, social_options(config));
    append(all, feed_options(config));
    append(all, search_options(config.search));
    append(all, trend_options(config.trends));
    append(all, discovery_options(config.discovery));
    append(all, event_options(config.events));
    append(all, stream_options(config.api.streaming));
    append(all, view_options(config.api));
    append(all, process_options(config.process));
    return all;
}

}  // namespace rookery::app
