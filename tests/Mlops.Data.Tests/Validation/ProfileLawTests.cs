using CsCheck;
using Mlops.Data.Statistics;
using Mlops.Data.Tables;
using Mlops.Data.Tests.Drift;
using Mlops.Data.Tests.Tables;
using Mlops.Data.Validation.Profiling;

namespace Mlops.Data.Tests.Validation;

/// <summary>A profile of parts is that of the whole: what is exact to the byte, what is stated within its
/// bound.</summary>
public sealed class ProfileLawTests
{
    /// <summary>What no grouping and no order may change, before and after there are too many values to
    /// hold.</summary>
    [Fact]
    public void CountsQuantilesAndDistinctsDependOnNoGroupingAndNoOrder() =>
        Gen.Select(Gen.Int[1, 1_000_000], Gen.Int[2, 6],
            Gen.OneOf(Gen.Const(50), Gen.Const(9_000), Gen.Const(40_000)))
            .Sample((seed, parts, most) =>
            {
                var table = Mixed(seed, 24_000, most);
                var whole = PartProfile.Of(table);
                var cuts = Pieces(table, parts, seed);
                ShouldAgree(cuts.Aggregate((left, right) => left.Merge(right)), whole);
                cuts.Reverse();
                ShouldAgree(cuts.Aggregate((left, right) => right.Merge(left)), whole);
                ShouldAgree(Balanced(cuts), whole);
            }, iter: 6, threads: 1);

    /// <summary>Less is held of each of very many columns, and merging still changes nothing.</summary>
    [Fact]
    public void OfVeryManyColumnsLessIsHeldWhateverTheGrouping()
    {
        var few = Mixed(3, 9_000, 40_000);
        var flags = new WholeValues(ColumnType.Boolean, new long[few.RowCount]);
        var table = Drift.Tables.Of(
        [
            .. few.Schema.Columns.Select((column, i) => (column.Name, few[i])),
            .. Enumerable.Range(0, 2_000).Select(i => ($"f{i}", (ColumnValues)flags)),
        ]);
        var whole = PartProfile.Of(table);
        whole.Columns[3].Overflow!.Distinct.Registers.Length.ShouldBe(8_192);
        whole.Columns[3].Overflow!.Quantiles!.Buckets.Values.Count.ShouldBeInRange(1, 2_048);
        PartProfile.Of(few).Columns[3].Overflow.ShouldBeNull();
        var cuts = Pieces(table, 3, 1);
        ShouldAgree(cuts.Aggregate((left, right) => left.Merge(right)), whole);
        cuts.Reverse();
        ShouldAgree(cuts.Aggregate((left, right) => right.Merge(left)), whole);
        var bytes = ProfileFile.Write(whole);
        ProfileFile.Write(ProfileFile.Read(bytes)).ShouldBe(bytes);
    }

    /// <summary>What a profile holds of numbers, sixteen bytes a value with its count.</summary>
    [Theory]
    [InlineData(2_000)]
    [InlineData(2_001)]
    [InlineData(10_000)]
    [InlineData(32_000)]
    public void AProfileOfManyColumnsHoldsNoMoreThanOneOfTwoThousand(int columns)
    {
        var limits = SketchLimits.Of(columns);
        var most = Math.Max(
            16 * limits.MaxExact, limits.Registers + 16 * (limits.MostBuckets + limits.MaxHeavy));
        ((long)columns * most).ShouldBeInRange(160_000_000, 320_000_000);
    }

    [Fact]
    public void MomentsAndCorrelationsAreThoseOfTheWholeUpToRounding() =>
        Gen.Select(Gen.Int[1, 1_000_000], Gen.Int[1, 9]).Sample((seed, parts) =>
        {
            var table = Mixed(seed, 3_000, 500);
            var merged = Pieces(table, parts, seed).Aggregate((left, right) => left.Merge(right));
            foreach (var (first, second, moment) in merged.Correlations.Strongest())
                moment.Correlation!.Value.ShouldBe(Pearson(table[first], table[second]), 1e-9);
            for (var i = 0; i < table.Schema.Columns.Count; i++)
                if (merged.Columns[i].Moments is { } moments)
                {
                    var numbers = Finite(table[i]);
                    moments.Mean.ShouldBe(numbers.Average(), 1e-9 * Math.Max(1, Math.Abs(moments.Mean)));
                    moments.StandardDeviation!.Value.ShouldBe(
                        Moments.Of(numbers).StandardDeviation!.Value,
                            1e-9 * Math.Max(1, moments.StandardDeviation.Value));
                }
        }, iter: 15, threads: 1);

    /// <summary>A mean of a billion and a spread of one: sums of squares would have no digit left.</summary>
    [Fact]
    public void FarFromZeroSpreadAndCorrelationKeepTheirDigits()
    {
        var x = new Draws(3).Normals(5_000, 1e9);
        var y = new Draws(4).Normals(5_000, -1e9).Zip(x, (own, other) => own + (other - 1e9)).ToArray();
        var table = Drift.Tables.Of(("x", new RealValues(x)), ("y", new RealValues(y)));
        var profile = Pieces(table, 7, 1).Aggregate((left, right) => left.Merge(right));
        var pair = profile.Correlations.Strongest().ShouldHaveSingleItem();
        pair.Moment.Correlation!.Value.ShouldBe(Pearson(table[0], table[1]), 1e-6);
        pair.Moment.Correlation.Value.ShouldBe(Math.Sqrt(0.5), 0.03);
    }

    [Fact]
    public void FrequentValuesAreFoundWithinTheirBound()
    {
        var table = Mixed(11, 60_000, 40_000);
        var exact = Enumerable.Range(0, table.RowCount).Select(table["n"].Text).OfType<string>()
            .CountBy(text => text).ToDictionary();
        var heavy = Pieces(table, 9, 5).Aggregate((left, right) => left.Merge(right)).Columns[0];
        heavy.Overflow.ShouldNotBeNull();
        var bound = 2 * table.RowCount / 1_001 + 1;
        for (var i = 0; i < heavy.Numbers!.Values.Count; i++)
            heavy.Numbers.Counts[i].ShouldBeInRange(
                exact[heavy.TextOf(heavy.Numbers.Values[i])] - bound,
                exact[heavy.TextOf(heavy.Numbers.Values[i])]);
        var kept = heavy.Numbers.Values.Select(heavy.TextOf).ToHashSet();
        exact.Where(pair => pair.Value > bound).ShouldAllBe(pair => kept.Contains(pair.Key));
    }

    [Fact]
    public void QuantilesAreWithinTheirBound()
    {
        var profile = PartProfile.Of(Mixed(5, 50_000, 40_000));
        var times = profile.Columns[3];
        times.Overflow!.Quantiles!.Buckets.Values.Count
            .ShouldBeInRange(QuantileSketch.MostBuckets / 4, QuantileSketch.MostBuckets);
        var numbers = Finite(Mixed(5, 50_000, 40_000)["at"]);
        Array.Sort(numbers);
        foreach (var p in new[] { 0.01, 0.25, 0.5, 0.9, 0.999 })
            // A year of moments: to some hours, where a share of their size would be months.
            ProfileSummary.Quantile(times, p)!.Value.ShouldBe(Quantile.Type7(numbers, p), 6 * 3600);
    }

    [Fact]
    public void AHistogramOnEdgesCountsWhatLiesBetweenThem()
    {
        var exact = PartProfile.Of(Drift.Tables.Of(("x", new RealValues([1, 2, 2, 3, double.NaN, 5]))));
        exact.Columns[0].Histogram([1, 2.5]).ShouldBe([1, 2, 2]);
        var table = Mixed(9, 50_000, 40_000);
        var counts = PartProfile.Of(table).Columns[2].Histogram([-0.5, 0, 0.5, 1]);
        var numbers = Finite(table["x"]);
        double[] edges = [double.NegativeInfinity, -0.5, 0, 0.5, 1, double.PositiveInfinity];
        for (var bin = 0; bin < counts.Length; bin++)
            ((double)counts[bin]).ShouldBe(
                numbers.Count(number => number > edges[bin] && number <= edges[bin + 1]),
                0.002 * numbers.Length);
    }

    [Fact]
    public void LengthsAreCodePointsAndZerosAreCounted()
    {
        var profile = PartProfile.Of(Drift.Tables.Of(
            ("t", new TextValues([0, 1, 1, -1], ["ab", "\U0001F600é!"])),
            ("n", new WholeValues(ColumnType.Integer, [0, 7, WholeValues.Missing, 0]))));
        profile.Columns[0].Lengths.ShouldBe(new TextLengths(2, 3, 8));
        profile.Columns[1].Zeros.ShouldBe(2);
        var summary = ProfileSummary.Of(profile.Columns[1]);
        summary.ZeroShare!.Value.ShouldBe(2.0 / 3, 1e-15);
        ProfileSummary.Of(profile.Columns[0]).Length!.Mean.ShouldBe(8.0 / 3, 1e-15);
    }

    [Fact]
    public void EveryTypeIsProfiledAndItsBytesReadBack() => RandomTables.Table.Sample(table =>
    {
        var bytes = ProfileFile.Write(PartProfile.Of(table));
        ProfileFile.Write(PartProfile.Of(table)).ShouldBe(bytes);
        ProfileFile.Write(ProfileFile.Read(bytes)).ShouldBe(bytes);
    }, iter: 100, threads: 1);

    [Fact]
    public void BytesOfAnotherFormatAreRefused() =>
        Should.Throw<InvalidDataException>(() => ProfileFile.Read("\u0004json{}"u8.ToArray()));

    static void ShouldAgree(PartProfile actual, PartProfile expected)
    {
        actual.Rows.ShouldBe(expected.Rows);
        foreach (var (one, other) in actual.Columns.Zip(expected.Columns))
        {
            (one.Count, one.Missing, one.Min, one.Max, one.Lengths, one.Zeros)
                .ShouldBe((other.Count, other.Missing, other.Min, other.Max, other.Lengths, other.Zeros));
            (one.Overflow is null).ShouldBe(other.Overflow is null);
            one.Overflow?.Distinct.Registers.ShouldBe(other.Overflow!.Distinct.Registers);
            if (one.Overflow?.Quantiles is { } quantiles)
            {
                quantiles.DroppedBits.ShouldBe(other.Overflow!.Quantiles!.DroppedBits);
                quantiles.Buckets.Values.ShouldBe(other.Overflow.Quantiles.Buckets.Values);
                quantiles.Buckets.Counts.ShouldBe(other.Overflow.Quantiles.Buckets.Counts);
            }
            if (one.Overflow is not null)
                continue;
            one.Numbers?.Values.ShouldBe(other.Numbers!.Values);
            one.Numbers?.Counts.ShouldBe(other.Numbers!.Counts);
            one.Levels?.Values.ShouldBe(other.Levels!.Values);
            one.Levels?.Counts.ShouldBe(other.Levels!.Counts);
        }
    }

    static List<PartProfile> Pieces(Table table, int parts, int seed)
    {
        var random = new Random(seed);
        int[] cuts = [0,
            .. Enumerable.Range(0, parts - 1).Select(_ => random.Next(table.RowCount)).Order(),
            table.RowCount];
        return [.. Enumerable.Range(0, parts).Select(i =>
            PartProfile.Of(table.Take([.. Enumerable.Range(cuts[i], cuts[i + 1] - cuts[i])])))];
    }

    static PartProfile Balanced(List<PartProfile> parts) => parts.Count == 1
        ? parts[0]
        : Balanced([.. parts.Take(parts.Count / 2)]).Merge(Balanced([.. parts.Skip(parts.Count / 2)]));

    /// <summary>Integers of which some come often, text, reals, moments of a year and flags; a tenth is
    /// missing.</summary>
    static Table Mixed(int seed, int rows, int most)
    {
        var random = new Random(seed);
        long Or(long value) => random.Next(10) == 0 ? WholeValues.Missing : value;
        var n = Fill(rows, () => Or(random.Next(3) == 0 ? random.Next(5) : random.Next(most)));
        var codes = Fill(rows, () => random.Next(10) == 0 ? -1 : random.Next(most));
        var x = Fill(rows, () => random.Next(10) == 0
            ? double.NaN : Math.Log(1 - random.NextDouble()) + random.NextDouble() * 2);
        var at = Fill(rows, () => Or(1_700_000_000_000_000 + random.NextInt64(31_536_000) * 1_000_000));
        var flag = Fill(rows, () => Or(random.Next(2)));
        return Drift.Tables.Of(
            ("n", new WholeValues(ColumnType.Integer, n)),
            ("t", new TextValues(codes, [.. Enumerable.Range(0, most).Select(i => $"level {i}")])),
            ("x", new RealValues(x)), ("at", new WholeValues(ColumnType.Timestamp, at)),
            ("flag", new WholeValues(ColumnType.Boolean, flag)));
    }

    static T[] Fill<T>(int rows, Func<T> next)
    {
        var values = new T[rows];
        for (var i = 0; i < rows; i++)
            values[i] = next();
        return values;
    }

    static double[] Finite(ColumnValues values) =>
        [.. Enumerable.Range(0, values.Count).Select(values.Number).Where(double.IsFinite)];

    /// <summary>By its definition, over the rows that have both.</summary>
    static double Pearson(ColumnValues x, ColumnValues y)
    {
        var rows = Enumerable.Range(0, x.Count)
            .Where(row => double.IsFinite(x.Number(row)) && double.IsFinite(y.Number(row))).ToList();
        var (meanX, meanY) = (rows.Average(x.Number), rows.Average(y.Number));
        return rows.Sum(row => (x.Number(row) - meanX) * (y.Number(row) - meanY))
            / Math.Sqrt(rows.Sum(row => Math.Pow(x.Number(row) - meanX, 2))
                * rows.Sum(row => Math.Pow(y.Number(row) - meanY, 2)));
    }
}
