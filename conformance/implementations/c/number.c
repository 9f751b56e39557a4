/* How numbers are written in a digest. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "digest.h"

/* A magnitude as its significant digits d1 d2 … dn: it is d1.d2…dn · 10^exponent. */
struct decimal {
    char digits[24];
    int count;
    int exponent;
};

enum { MOST_DIGITS = 17 }; /* with 17 digits, every double reads back as itself */

/* The `count` digits that are closest to the magnitude, and of two the ones with an even last
 * digit: the C library of gcc's platforms rounds the exact value, as IEEE 754 asks. */
static void closest_digits(double magnitude, int count, struct decimal *decimal)
{
    char text[40];
    snprintf(text, sizeof text, "%.*e", count - 1, magnitude);
    char *exponent = strchr(text, 'e');
    decimal->exponent = (int)strtol(exponent + 1, NULL, 10);
    decimal->count = 0;
    for (const char *at = text; at < exponent; at++)
        if (*at != '.')
            decimal->digits[decimal->count++] = *at;
}

static double value_of(const struct decimal *decimal)
{
    char text[48];
    snprintf(text, sizeof text, "%.*se%d", decimal->count, decimal->digits,
             decimal->exponent - decimal->count + 1);
    return strtod(text, NULL);
}

/* The next greater number with as many digits; false if it would have one digit more. */
static bool next_greater(struct decimal *decimal)
{
    int i = decimal->count - 1;
    while (i >= 0 && decimal->digits[i] == '9')
        decimal->digits[i--] = '0';
    if (i < 0)
        return false;
    decimal->digits[i]++;
    return true;
}

static void drop_zeros(struct decimal *decimal)
{
    while (decimal->count > 1 && decimal->digits[decimal->count - 1] == '0')
        decimal->count--;
}

/* The shortest digits that read back as this magnitude, of several such the closest to it.
 *
 * Usually the closest digits of each length are the ones to try. At a power of two the doubles
 * above are twice as far apart as those below: so the closest digits, below, may read back as
 * another number, and the next greater ones as this one.
 *
 * Every number with up to 15 digits survives in a double that is not subnormal. So if the closest
 * 15 digits read back, they are the shortest ones, with zeros behind them. */
static struct decimal shortest_digits(double magnitude)
{
    struct decimal decimal;
    int count = magnitude < DBL_MIN ? 1 : DBL_DIG;
    for (;; count++) {
        closest_digits(magnitude, count, &decimal);
        if (count == MOST_DIGITS || value_of(&decimal) == magnitude)
            break;
        if (next_greater(&decimal) && value_of(&decimal) == magnitude)
            break;
    }
    drop_zeros(&decimal);
    return decimal;
}

static void put_positional(struct rw_text *out, const struct decimal *decimal)
{
    int before = decimal->exponent + 1; /* how many digits stand before the point */
    if (before <= 0) {
        rw_text_add(out, "0.");
        rw_text_repeat(out, '0', (size_t)-before);
        rw_text_put(out, decimal->digits, (size_t)decimal->count);
    } else if (before >= decimal->count) {
        rw_text_put(out, decimal->digits, (size_t)decimal->count);
        rw_text_repeat(out, '0', (size_t)(before - decimal->count));
        rw_text_add(out, ".0");
    } else {
        rw_text_put(out, decimal->digits, (size_t)before);
        rw_text_add(out, ".");
        rw_text_put(out, decimal->digits + before, (size_t)(decimal->count - before));
    }
}

void rw_number_repr(struct rw_text *out, double value)
{
    char exponent[16];
    if (signbit(value))
        rw_text_add(out, "-");
    if (value == 0) {
        rw_text_add(out, "0.0");
        return;
    }
    struct decimal decimal = shortest_digits(fabs(value));
    if (decimal.exponent >= -4 && decimal.exponent < 16) {
        put_positional(out, &decimal);
        return;
    }
    rw_text_put(out, decimal.digits, 1);
    if (decimal.count > 1) {
        rw_text_add(out, ".");
        rw_text_put(out, decimal.digits + 1, (size_t)decimal.count - 1);
    }
    snprintf(exponent, sizeof exponent, "e%+03d", decimal.exponent);
    rw_text_add(out, exponent);
}

/* DIGEST-17; the value is integral, not zero, and below 10^21 in magnitude. */
static void put_integral(struct rw_text *out, double value)
{
    struct decimal decimal = shortest_digits(fabs(value));
    if (value < 0)
        rw_text_add(out, "-");
    rw_text_put(out, decimal.digits, (size_t)decimal.count);
    rw_text_repeat(out, '0', (size_t)(decimal.exponent + 1 - decimal.count));
}

/* DIGEST-18; the value is not integral, so it is below 2^53. The C library writes the exact value
 * rounded to ten places, an exact tie to the even digit, and reads the closest double back. */
static double round_to_ten_places(double value)
{
    char text[48];
    snprintf(text, sizeof text, "%.10f", value);
    return strtod(text, NULL);
}

void rw_number_rounded(struct rw_text *out, double value)
{
    if (isinf(value))
        rw_text_add(out, "null");
    else if (value == 0)
        rw_text_add(out, "0");
    else if (fabs(value) >= 1e21)
        rw_number_repr(out, value);
    else if (value == trunc(value))
        put_integral(out, value);
    else
        rw_number_repr(out, round_to_ten_places(value));
}
