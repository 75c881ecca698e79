using Mlops.Data.Ingestion;
using Mlops.Engine;

namespace Mlops.Data.Validation;

/// <summary>What a run was told the time is.</summary>
public static class RunMoment
{
    /// <returns>Seconds since 1970-01-01 UTC; null where nothing was told.</returns>
    /// <exception cref="ProblemException">The text is no moment (VALIDATE-010).</exception>
    public static double? Seconds(string? now) => now is null ? null
        : IsoTime.TryTimestamp(now, out var microseconds) ? microseconds / 1e6
        : throw new ProblemException(new Problem(
            "VALIDATE-010", "What the run was told the time is, is no time.",
            Expected: "a date or a time as 2026-03-31 or 2026-03-31T12:00:00Z",
            Actual: $"'{now}'", Next: "Correct --now."));
}
