#include "load/command_line.h"

int main(int argc, char** argv) {
    return rookery::load::run_command_line(argc, argv);
}
