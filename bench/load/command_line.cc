#include "load/command_line.h"

namespace rookery::load {

int run_command_line(int argc, char** argv) {
    CLI::App program(
        "Loads a server that speaks the Mastodon API, and says what it did: rates, latencies from\n"
        "the intended time of each request, CPU and memory of the server. A run that measured\n"
        "something else than the server says so and exits with 1.",
        "rookery-bench"
    );
    program.require_subcommand(1);
    int exit_code = 0;
    add_run_command(program, exit_code);
    add_generate_command(program, exit_code);
    add_streams_command(program, exit_code);
    add_freshness_command(program, exit_code);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return program.exit(error) == 0 ? 0 : 2;
    }
    return exit_code;
}

}  // namespace rookery::load
