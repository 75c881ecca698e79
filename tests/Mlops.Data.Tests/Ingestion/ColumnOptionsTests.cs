using System.Globalization;
using CsCheck;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>Missing markers, separators and patterns, of a source and of single columns.</summary>
public sealed class ColumnOptionsTests : IDisposable
{
    static readonly TextFormat German = new(
        Delimiter: ";", Missing: ["k.A."], DecimalSeparator: ",", Thousands: ".",
        Dates: ["dd.MM.yyyy", "dd.MM.yyyy HH:mm"]);

    const string GermanText =
        "Tag;Stunde;Umsatz;Stück;Ort\n"
        + "31.12.2025;31.12.2025 23:59;1.234.567,89;1.200;Köln\n"
        + "1.1.2026;01.01.2026;0,5;7;Bonn\n"
        + "02.01.2026;01.01.2026;-1.234;1200;k.A.\n"
        + "03.01.2026;k.A.;12,34;k.A.;\"Halle; Saale\"\n"
        + "04.01.2026;01.01.2026;12.34;1;Ulm\n";

    readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    static string Read(string cell, NumberSigns signs) =>
        new NumberText(signs).TryReal(cell, out var value)
            ? value.ToString(CultureInfo.InvariantCulture) : "-";

    [Theory]
    [InlineData("1,234.5", "1234.5")]
    [InlineData("-1,234,567", "-1234567")]
    [InlineData("+12,345", "12345")]
    [InlineData("1234.5", "1234.5")]
    [InlineData("1,234.", "1234")]
    [InlineData("1e3", "1000")]
    [InlineData("12,34", "-")]
    [InlineData("1,2345", "-")]
    [InlineData("1234,567", "-")]
    [InlineData("1,234567", "-")]
    [InlineData(",234", "-")]
    [InlineData("1,234,", "-")]
    [InlineData("1,,234", "-")]
    [InlineData("0,123", "-")]
    [InlineData("1.234,5", "-")]
    [InlineData("1,234.567,8", "-")]
    [InlineData("1,234e5", "-")]
    [InlineData("-,234", "-")]
    [InlineData("1,23a", "-")]
    public void OnlyGroupsOfThreeAreNumbers(string cell, string value) =>
        Read(cell, new('.', ',')).ShouldBe(value);

    [Theory]
    [InlineData("1 234 567,5", ' ')]
    [InlineData("1\u00a0234\u202f567,5", ' ')]
    [InlineData("1\u00a0234\u00a0567,5", '\u00a0')]
    [InlineData("1\u202f234\u202f567,5", '\u202f')]
    [InlineData("1'234'567,5", '\'')]
    public void ABlankStandsForEveryBlankAndAnyOtherSignForItself(string cell, char thousands)
    {
        Read(cell, new(',', thousands)).ShouldBe("1234567.5");
        Read(cell, new(',', null)).ShouldBe("-");
        Read(cell, new(',', '.')).ShouldBe("-");
    }

    [Fact]
    public void WhatOtherCulturesWriteReadsBackExactly() =>
        Gen.Select(Gen.Decimal[-1_000_000_000_000m, 1_000_000_000_000m], Gen.Int[0, 4], Gen.Int[0, 5])
            .Sample((number, decimals, at) =>
            {
                var sign = NumberSigns.Groupings[at];
                var point = sign == ',' ? '.' : ',';
                var written = new NumberFormatInfo
                {
                    NumberDecimalSeparator = point.ToString(),
                    NumberGroupSeparator = sign.ToString(),
                };
                var rounded = Math.Round(number, decimals);
                var cell = rounded.ToString("N" + decimals, written);
                var text = new NumberText(new(point, sign));
                text.TryReal(cell, out var real).ShouldBeTrue(cell);
                real.ShouldBe((double)rounded, cell);
                text.TryDecimal(cell, 18, 4, out var units).ShouldBeTrue(cell);
                units.ShouldBe((long)(rounded * 10_000), cell);
                if (decimals == 0)
                    (text.TryInteger(cell, out var whole) ? whole : -1).ShouldBe((long)rounded, cell);
            }, iter: 2000);

    /// <summary>Neither the clock nor anybody's settings say the century.</summary>
    [Theory]
    [InlineData("31.12.49", "2049-12-31")]
    [InlineData("31.12.50", "1950-12-31")]
    [InlineData("31.12.00", "2000-12-31")]
    public void AYearOfTwoDigitsIsOf1950To2049(string cell, string date)
    {
        var culture = CultureInfo.CurrentCulture;
        var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        other.DateTimeFormat.Calendar.TwoDigitYearMax = 1999;
        CultureInfo.CurrentCulture = other;
        try
        {
            Cells.TryDate(cell, "d.M.yy", out var days).ShouldBeTrue();
            Cells.TryTimestamp(cell, "d.M.yy", out var moment).ShouldBeTrue();
            moment.ShouldBe(days * TimeSpan.MicrosecondsPerDay);
            new WholeValues(ColumnType.Date, [days]).Text(0).ShouldBe(date);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Theory]
    [InlineData("dd.MM.yyyy", true)]
    [InlineData("d.M.yy", true)]
    [InlineData("yyyyMMddTHHmmsszzz", true)]
    [InlineData("MMM d, yyyy h:mm tt", true)]
    [InlineData("o", true)]
    [InlineData("d/M", false)]
    [InlineData("HH:mm", false)]
    [InlineData("yyyy-mm-dd", false)]
    [InlineData("MM.yyyy", false)]
    [InlineData("%", false)]
    public void APatternThatTheClockWouldHaveToCompleteIsNone(string pattern, bool isWhole) =>
        TimePattern.IsWhole(pattern).ShouldBe(isWhole);

    [Theory]
    [InlineData("d.M.yy", true)]
    [InlineData("d.M.yy H", false)]
    [InlineData("d/M", false)]
    public void ADayHasNoTime(string pattern, bool isDay) => TimePattern.IsDay(pattern).ShouldBe(isDay);

    [Theory]
    [InlineData(CutSource.MaxBytes)]
    [InlineData(30)]
    public async Task AGermanFileIsInferredAndReadAsItIsWritten(long maxPieceBytes)
    {
        var dataset = await workspace.With(GermanText)
            .Ingest(workspace.Input(German, maxShare: 1), maxPieceBytes);
        string.Join(", ", dataset.Table.Schema.Columns.Select(column => $"{column.Name} {column.TypeWord}"))
            .ShouldBe("Tag text, Stunde timestamp, Umsatz text, Stück integer, Ort text");
        (await workspace.Cells(dataset, "Stunde")).ShouldBe("2025-12-31T23:59:00|2026-01-01T00:00:00"
            + "|2026-01-01T00:00:00|-|2026-01-01T00:00:00");
        (await workspace.Cells(dataset, "Stück")).ShouldBe("1200|7|1200|-|1");
        (await workspace.Cells(dataset, "Ort")).ShouldBe("Köln|Bonn|-|Halle; Saale|Ulm");
    }

    [Theory]
    [InlineData(CutSource.MaxBytes)]
    [InlineData(30)]
    public async Task WhatIsWrittenOtherwiseIsQuarantinedWithItsReason(long maxPieceBytes)
    {
        var dataset = await workspace.With(GermanText).Ingest(workspace.Input(German,
        [
            new("Tag", ColumnType.Date), new("Umsatz", ColumnType.Decimal, null, 12, 2),
            new("Stück", ColumnType.Int32),
        ], maxShare: 1), maxPieceBytes);
        (await workspace.Cells(dataset, "Tag")).ShouldBe("2025-12-31|2026-01-02|2026-01-03");
        (await workspace.Cells(dataset, "Umsatz")).ShouldBe("1234567.89|-1234.00|12.34");
        dataset.Sources[0].Samples.Select(row => $"{row.Line} {row.Column}: {row.Reason}").ShouldBe(
        [
            "3 Tag: '1.1.2026' is not a date of the form dd.MM.yyyy",
            "6 Umsatz: '12.34' is not a decimal(12,2), with '.' between groups of three digits only",
        ]);
    }

    [Fact]
    public async Task AColumnsOwnOptionsStandInsteadOfThoseOfItsSource()
    {
        workspace.With("a,b,c,d,e\nNA,\"1,5\",-,\"1,234\",5\n-,NA,NA,1,\"1,234\"\n");
        var dataset = await workspace.Ingest(workspace.Input(
            new TextFormat(Missing: ["NA"], Thousands: ","),
            [
                new("a", ColumnType.Text, Missing: ["-"]),
                new("b", ColumnType.Real, DecimalSeparator: ",", Thousands: ""),
                new("c", ColumnType.Text, Missing: []), new("d", ColumnType.Integer),
                new("e", ColumnType.Integer, Thousands: ""),
            ], maxShare: 1));
        (await workspace.Cells(dataset, "a")).ShouldBe("NA");
        (await workspace.Cells(dataset, "b")).ShouldBe("1.5");
        (await workspace.Cells(dataset, "c")).ShouldBe("-");
        (await workspace.Cells(dataset, "d")).ShouldBe("1234");
        dataset.Sources[0].Samples.ShouldHaveSingleItem().Reason.ShouldBe("'1,234' is not an integer");
    }

    [Fact]
    public async Task OfPatternsThatFitTheFirstWins()
    {
        workspace.With("d,t\n3/4/2026,3/4/2026 10:00\n13/4/2026,\n4/13/2026,\n13/13/2026,\n");
        var dataset = await workspace.Ingest(workspace.Input(columns:
        [
            new("d", ColumnType.Date, "d/M/yyyy", OtherFormats: ["M/d/yyyy"]),
            new("t", ColumnType.Instant, "yyyy-MM-dd", Zone: "UTC", OtherFormats: ["M/d/yyyy HH:mm"]),
        ], maxShare: 1));
        (await workspace.Cells(dataset, "d")).ShouldBe("2026-04-03|2026-04-13|2026-04-13");
        (await workspace.Cells(dataset, "t")).ShouldStartWith("2026-03-04T10:00:00");
        dataset.Sources[0].Samples.ShouldHaveSingleItem().Reason
            .ShouldBe("'13/13/2026' is not a date of the form d/M/yyyy or M/d/yyyy");
    }

    [Fact]
    public async Task TextsOfTypedSourcesAreReadSoToo()
    {
        workspace.With(
            "{\"d\":\"31.12.2025\",\"n\":\"1.234,5\",\"i\":\"k.A.\"}\n"
            + "{\"d\":null,\"n\":1.25,\"i\":1}\n{\"d\":null,\"n\":1,\"i\":1.234}\n", "a.jsonl");
        var inferred = await workspace.Ingest(workspace.Input(German, maxShare: 1));
        inferred.Table.Schema.Columns[0].TypeWord.ShouldBe("date");
        var dataset = await workspace.Ingest(workspace.Input(German,
        [
            new("d", ColumnType.Date), new("n", ColumnType.Real), new("i", ColumnType.Integer),
        ], maxShare: 1));
        (await workspace.Cells(dataset, "d")).ShouldBe("2025-12-31|-");
        (await workspace.Cells(dataset, "n")).ShouldBe("1234.5|1.25");
        (await workspace.Cells(dataset, "i")).ShouldBe("-|1");
        dataset.Sources[0].Samples.ShouldHaveSingleItem().Line.ShouldBe(3);
    }

    [Fact]
    public async Task ANumberThatIsWrittenAsADateIsANumber()
    {
        workspace.With("a,b\n20260331,20260331\n12,31.03.2026\n31.03.2026,20260401\n");
        var dataset = await workspace.Ingest(
            workspace.Input(new TextFormat(Dates: ["yyyyMMdd", "dd.MM.yyyy"])));
        string.Join(", ", dataset.Table.Schema.Columns.Select(column => column.TypeWord))
            .ShouldBe("text, date");
    }

    [Fact]
    public async Task SeparatorsThatMeanTwoThingsAreProblemsAllAtOnce()
    {
        workspace.With("a\n1\n");
        var input = workspace.Input(
            new TextFormat(DecimalSeparator: ",", Thousands: ",", Quote: null, Dates: ["d/M"]),
            [
                new("a", ColumnType.Real, DecimalSeparator: "."), new("b", ColumnType.Text, Thousands: "."),
                new("c", ColumnType.Integer, DecimalSeparator: "."),
                new("d", ColumnType.Real, Thousands: "_"), new("e", ColumnType.Date, "yyyy-mm-dd"),
                new("f", ColumnType.Real, Thousands: ","), new("g", ColumnType.Integer, Thousands: ","),
            ]);
        (await Should.ThrowAsync<ProblemException>(() => workspace.Ingest(input))).Problems
            .Select(problem => $"{problem.Id} {problem.What}").ShouldBe(
            [
                "DATA-010 The thousands separator cannot be ','.",
                "DATA-010 The pattern of dates cannot be 'd/M'.",
                "DATA-011 The column 'b' has a thousands separator, but is text.",
                "DATA-011 The column 'c' has a decimal separator, but is integer.",
                "DATA-011 The column 'd' cannot have the thousands separator '_'.",
                "DATA-011 The column 'e' cannot have the pattern 'yyyy-mm-dd'.",
                "DATA-011 The column 'f' has one separator for decimals and thousands.",
                "DATA-011 The column 'g' has the delimiter for a thousands separator.",
            ]);
    }

    /// <summary>Systems write days as moments; a day that is one loses nothing.</summary>
    [Fact]
    public async Task ATimeOfDayIsNotDroppedFromADate()
    {
        workspace.With("d,o\n31.12.2025 00:00,2025-12-31T00:00+05:00\n31.12.2025 08:30,2025-12-31T00:00Z\n"
            + "01.01.2026,2026-01-01T00:00Z\n02.01.2026,2026-01-01T03:00+03:00\n");
        var dataset = await workspace.Ingest(workspace.Input(columns:
        [
            new("d", ColumnType.Date, "dd.MM.yyyy HH:mm", OtherFormats: ["dd.MM.yyyy"]),
            new("o", ColumnType.Date, "yyyy-MM-ddTHH:mmK"),
        ], maxShare: 1));
        (await workspace.Cells(dataset, "d")).ShouldBe("2025-12-31|2026-01-01");
        (await workspace.Cells(dataset, "o")).ShouldBe("2025-12-31|2026-01-01");
        dataset.Sources[0].Samples.Select(row => row.Reason).ShouldBe(
        [
            "'31.12.2025 08:30' is not a date of the form dd.MM.yyyy HH:mm or dd.MM.yyyy at 00:00, "
                + "a date having no time",
            "'2026-01-01T03:00+03:00' is not a date of the form yyyy-MM-ddTHH:mmK at 00:00, "
                + "a date having no time",
        ]);
    }

    /// <summary>.NET gives such a time another day, rather than none.</summary>
    [Fact]
    public async Task AnOffsetThatLeadsOutOfTheYearsIsNoTime()
    {
        var dataset = await workspace.With("t\n0001-01-01 00:00 +01:00\n0001-01-01 02:00 +01:00\n"
            + "9999-12-31 23:30 -01:00\n9999-12-31 22:30 -01:00\n")
            .Ingest(workspace.Input(
                columns: [new("t", ColumnType.Timestamp, "yyyy-MM-dd HH:mm zzz")], maxShare: 1));
        dataset.Sources[0].Samples.Select(row => row.Line).ShouldBe([2, 4]);
        (await workspace.Cells(dataset, "t")).ShouldBe("0001-01-01T01:00:00|9999-12-31T23:30:00");
    }

    [Fact]
    public async Task PartsOfAMicrosecondAreCutOffDownwardsBefore1970Too()
    {
        var dataset = await workspace.With("i,t\n1969-12-31T23:59:59.9999999,1969-12-31 23:59:59.9999999\n")
            .Ingest(workspace.Input(columns:
            [
                new("i", ColumnType.Timestamp), new("t", ColumnType.Timestamp, "yyyy-MM-dd HH:mm:ss.fffffff"),
            ]));
        (await workspace.Cells(dataset, "t")).ShouldBe(await workspace.Cells(dataset, "i"));
    }

    [Fact]
    public async Task ATimeOfAZoneThatIsNoneInUtcIsNotLaidToTheClocks()
    {
        var dataset = await workspace.With("t\n0001-01-01T00:00\n9999-12-31T23:30\n")
            .Ingest(workspace.Input(
                columns: [new("t", ColumnType.Instant, Zone: "Pacific/Kiritimati")], maxShare: 1));
        dataset.Sources[0].Samples.ShouldHaveSingleItem().Reason
            .ShouldBe("'0001-01-01T00:00' of Pacific/Kiritimati is not in the years 1 to 9999 as UTC");
    }
}
