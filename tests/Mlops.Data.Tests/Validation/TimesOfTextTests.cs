using Mlops.Data.Tables;
using Mlops.Data.Validation;
using static Mlops.Data.Tests.Validation.Columns;

namespace Mlops.Data.Tests.Validation;

/// <summary>What texts are times, whatever the clock says.</summary>
public sealed class TimesOfTextTests : IDisposable
{
    readonly Datasets datasets = new();

    public void Dispose() => datasets.Dispose();

    /// <summary>.NET takes a year that a pattern lacks from the clock.</summary>
    [Theory]
    [InlineData("dd.MM.", "29.02.", "30.02.")]
    [InlineData("ddd HH:mm", "Mon 10:00", "Moo 10:00")]
    [InlineData("ddd dd MMM", "Tue 29 Feb", "Tue 30 Feb")]
    [InlineData("M", "February 29", "February 30")]
    [InlineData("t", "10:30", "25:30")]
    public async Task WhatFitsAPatternWithoutAYearIsTheSameEveryYear(
        string format, string fitting, string other)
    {
        // One of the seven days is today.
        string[] days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        var texts = days.Select(day => fitting.Replace("Mon", day)).Distinct().Append(other).ToArray();
        var outcome = await Of(
            Table(("t", Texts(texts))), new ColumnRule("t", Formats: [format]), "format:t");
        outcome.Samples.Select(sample => sample.Value).ShouldBe([other]);
    }

    /// <summary>.NET reads a time of day as today's, and a day without a year as one of this year.</summary>
    [Theory]
    [InlineData(ColumnType.Timestamp, "2026-03-12T10:00", 5)]
    [InlineData(ColumnType.Instant, "2026-03-12T10:00Z", 6)]
    [InlineData(ColumnType.Date, "2026-03-12", 6)]
    public async Task ATextReadsAsATimeIfAColumnOfTimesWouldReadIt(
        ColumnType type, string time, long failing)
    {
        var texts = Texts(
            time, "10:00", "12 March", "Thu 10:00", "29 February", "March 2026", "2026-03-12 10:00:00");
        var outcome = await Of(Table(("t", texts)), new ColumnRule("t", Type: type), "type:t");
        outcome.RowsFailing.ShouldBe(failing);
        outcome.Observed.ShouldBe($"it is Text; {failing} of 7 values do not read as {type}");
    }

    Task<CheckOutcome> Of(Table table, ColumnRule rule, string id) => datasets.Outcome(table, rule, id);
}
