namespace Mlops.Data.Statistics;

/// <summary>Whether two measurements of the same rows differ, by their differences.</summary>
public static class PairedTests
{
    /// <summary>
    /// Student's t of the mean difference; null below two rows or where no difference varies.
    /// </summary>
    public static TestResult? Student(ReadOnlySpan<double> differences)
    {
        var moments = Moments.Of(differences);
        if (moments.SquaredDeviations == 0 || moments.StandardDeviation is not { } deviation)
            return null;
        var t = moments.Mean / (deviation / Math.Sqrt(moments.Count));
        return new TestResult(t, IncompleteBeta.StudentTwoSided(t, moments.Count - 1));
    }

    /// <summary>
    /// Wilcoxon's signed ranks (1945): the smaller rank sum, with p by the normal approximation, corrected
    /// for ties but not for continuity. Zeros are left out; null where nothing is left.
    /// </summary>
    public static TestResult? Wilcoxon(ReadOnlySpan<double> differences)
    {
        double[] changed = [.. differences.ToArray().Where(difference => difference != 0)];
        if (changed.Length == 0)
            return null;
        var sizes = Array.ConvertAll(changed, Math.Abs);
        var ranks = Ranks.Of(sizes);
        var plus = ranks.Where((_, i) => changed[i] > 0).Sum();
        double n = changed.Length, all = n * (n + 1) / 2;
        var smaller = Math.Min(plus, all - plus);
        var spread = Math.Sqrt((n * (n + 1) * (2 * n + 1) - Ranks.TieSum(sizes) / 2) / 24);
        return new TestResult(smaller, SpecialFunctions.NormalTwoSided((smaller - all / 2) / spread));
    }
}
