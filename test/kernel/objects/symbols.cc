// A C++ function whose name is mangled.
#include <cstdio>
#include <string>
#include <unistd.h>

namespace shop {
struct Basket {
	__attribute__((noinline)) void add(const std::string &, int count)
	{
		asm volatile("" ::"r"(count));
	}
};
} // namespace shop

int main()
{
	void (shop::Basket::*add)(const std::string &, int) = &shop::Basket::add;
	std::printf("%p\n", reinterpret_cast<void *&>(add));
	std::fflush(stdout);
	pause();
	return 0;
}
