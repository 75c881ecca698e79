using Parquet.File.Values.Primitives;

namespace Mlops.Data.Tables;

/// <summary>
/// A time of 96 bits, as Spark and Impala wrote them: the nanoseconds of a day, and the Julian day.
/// Parquet.Net would take days of years before 1 for days of year 1, and stops at years beyond 9999; but it
/// gives the bits as an <see cref="Interval"/>, which has as many.
/// </summary>
static class Time96
{
    const int JulianDayOf1970 = 2_440_588;
    public const int NanosecondsPerMicrosecond = 1000;

    /// <returns>Since 1970-01-01. Nanoseconds of another day, and those below 0, count on; what is left of a
    /// microsecond is left out.</returns>
    public static Int128 Microseconds(Interval bits)
    {
        var nanoseconds = ((long)bits.Days << 32) | (uint)bits.Months;
        return ((Int128)(bits.Millis - (long)JulianDayOf1970) * TimeSpan.MicrosecondsPerDay)
            + StoredWhole.Floor(nanoseconds, NanosecondsPerMicrosecond);
    }
}
