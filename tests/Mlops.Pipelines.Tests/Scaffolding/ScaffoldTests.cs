using System.IO.Compression;
using System.Text;
using CsCheck;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Training;
using Mlops.Pipelines.Scaffolding;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Tests.Scaffolding;

/// <summary>A raw file becomes a specification that reads, and reads the file as it is.</summary>
public sealed class ScaffoldTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops-scaffold-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task ColumnsTypesKeyAndTaskAreSuggested()
    {
        var rows = Enumerable.Range(1, 60).Select(row =>
            $"C{row:000},{(row % 2 == 0 ? "north" : "south")},{row % 7}.5,"
            + $"2026-01-{row % 28 + 1:00},{(row % 3 == 0 ? "yes" : "no")}");
        var made = await Make(
            "People.Of-2026.csv", $"customer,region,spend,joined,churned\n{string.Join('\n', rows)}\n");

        made.Name.ShouldBe("people");
        var pipeline = Read(made);
        pipeline.Data.Key.ShouldBe(["customer"]);
        pipeline.Data.Columns!.Select(column => (column.Name, column.Type)).ShouldBe(
        [
            ("customer", ColumnType.Text), ("region", ColumnType.Text), ("spend", ColumnType.Real),
            ("joined", ColumnType.Date), ("churned", ColumnType.Text),
        ]);
        (pipeline.Train.Task, pipeline.Train.Label).ShouldBe((LearningTask.Binary, "churned"));
        pipeline.Validate.Columns.Single(rule => rule.Column == "region").Set.ShouldBe(["north", "south"]);
        pipeline.Validate.Columns.Single(rule => rule.Column == "spend").ShouldSatisfyAllConditions(
            rule => rule.Min.ShouldBe(0), rule => rule.Max.ShouldBe(9.5));
        pipeline.Evaluate.Gates.ShouldHaveSingleItem().BeatsBaseline.ShouldBeTrue();
        File.ReadAllText(made.File).ShouldContain("method: time, column: joined");
        made.Notes.ShouldContain("predicts 'churned' (binary): a guess, name another with --label");
    }

    [Fact]
    public async Task WhatThereIsOneOfIsSingular()
    {
        const string Text = "size,price,shop\n1,2,a\n3,4,a\n5,7,a\nx,8,b,c\n";
        var made = await Make("a.csv", Text, "price");
        made.Notes.ShouldContain("3 rows, 3 columns");
        made.Notes.ShouldContain("1 row does not parse and would be quarantined");
        var yaml = File.ReadAllText(made.File);
        yaml.ShouldContain("# Made from a.csv: 3 rows, 3 columns. ");
        yaml.ShouldMatch("(?m)^    shop: .*  # 1 value$");
        (await Should.ThrowAsync<ProblemException>(() => Make("b.csv", Text, "shop")))
            .Problems.ShouldHaveSingleItem().Actual.ShouldBe("1 value of type text");
    }

    /// <summary>Two digits would make the year 2000 of all of them.</summary>
    [Fact]
    public async Task SuggestedBoundsHoldWhatWasSeenWithRoom()
    {
        var rows = Enumerable.Range(0, 60).Select(row =>
            $"{2007 + row % 3},{2015 + row % 6},{-1004 + row % 3},7,{row % 2}.5");
        var made = Read(await Make(
            "a.csv", $"year,later,low,same,price\n{string.Join('\n', rows)}\n", "price"));
        made.Validate.Columns.Where(rule => rule.Column is "year" or "later" or "low")
            .Select(rule => (rule.Column, rule.Min, rule.Max)).ShouldBe(
            [("year", 2000, 2010), ("later", 2000, 2022), ("low", -1005, -1000)]);
        made.Validate.Columns.Single(rule => rule.Column == "same").ShouldSatisfyAllConditions(
            rule => rule.Min.ShouldBe(7), rule => rule.Max.ShouldBe(7));
    }

    [Theory]
    [InlineData("utf-16", "size,price\n1,2\n3,4\n5,7\n", "size")]
    [InlineData("utf-16BE", "размер,price\nбольшой,2\nмаленький,4\nсредний,7\n", "размер")]
    [InlineData("utf-16", "面积,price\n新宿区,2\n上海市,4\n東京都,7\n", "面积")]
    public async Task AFileOfUtf16WithoutAMarkIsSeenAsSuch(string encoding, string text, string column)
    {
        var data = Read(await Make("a.csv", Encoding.GetEncoding(encoding).GetBytes(text), "price")).Data;
        data.Format.Encoding.ShouldBe(encoding.ToLowerInvariant());
        data.Columns!.Select(each => each.Name).ShouldBe([column, "price"]);
    }

    [Fact]
    public async Task AFileThatIsCalledLikeADeviceOfWindowsMakesAPipelineThatIsNot() =>
        Read(await Make("aux.csv", "size,price\n1,2\n3,4\n5,7\n", "price")).Name.ShouldBe("aux-data");

    [Fact]
    public async Task AFileOfSemicolonsAndDecimalCommasIsSeenAsSuch()
    {
        var format = Read(await Make("a.csv",
            "size;price\n1,5;3,25\n2,5;4,75\nNA;5,5\n-;1,0\n3,5;9,5\n4,5;8,5\n", "price")).Data.Format;

        (format.Delimiter, format.DecimalSeparator).ShouldBe((";", ","));
        format.Missing.ShouldBe(["NA", "-"]);
    }

    [Theory]
    [InlineData("Report of 2026-03\n\nsize;price;city\n", 2)]
    [InlineData("Report, \"March\r\n\r\nAs of;2026-03-31\r\n;;\r\nsize;price;city\r\n", 4)]
    [InlineData("a\nb\nc\nd\ne\nf\ng\nh\nsize;price;city\n", 8)]
    [InlineData("size;price;city\n", null)]
    public async Task TitlesAboveTheHeaderAreFound(string above, int? titles)
    {
        var made = await Make(
            "a.csv", above + "1,5;3,25;Bonn\n2,5;4,75;Köln\n3,5;9,5;Bonn\n4,5;8,5;Köln\n", "price");

        var data = Read(made).Data;
        (data.Format.SkipLines, data.Format.Delimiter, data.Format.DecimalSeparator)
            .ShouldBe((titles, ";", ","));
        data.Columns!.Select(column => $"{column.Name} {column.Column().TypeWord}")
            .ShouldBe(["size real", "price real", "city text"]);
        made.Notes.Any(note => note.StartsWith("lines to skip above the header", StringComparison.Ordinal))
            .ShouldBe(titles is not null);
        if (titles is { } lines)
            File.ReadAllText(made.File).ShouldContain($"    skip-lines: {lines}  # ");
    }

    [Theory]
    [InlineData(",", ".")]
    [InlineData(".", ",")]
    public async Task NumbersInGroupsAreReadAndTheirEvidenceIsWritten(string thousands, string point)
    {
        var rows = Enumerable.Range(1, 40).Select(row =>
            $"{row * 2}{thousands}{100 + row}{point}5;"
            + $"{(row % 5 == 0 ? "-" : $"{row}{thousands}234")};{row % 3}\n");
        var made = await Make("a.csv", "revenue;unclear;y\n" + string.Concat(rows), "y");

        var columns = Read(made).Data.Columns!;
        Read(made).Data.Format.DecimalSeparator.ShouldBe(point);
        columns[0].ShouldBe(new("revenue", ColumnType.Real, Thousands: thousands));
        columns[1].ShouldBe(new("unclear", ColumnType.Text));
        File.ReadAllText(made.File).ShouldContain(
            $"revenue: {{ type: real, thousands: \"{thousands}\" }}  # a value of its own in each row; "
            + $"'10{thousands}105{point}5' has '{thousands}' between thousands\n");
    }

    [Fact]
    public async Task DatesAreReadAsTheyAreWrittenWhereNothingElseCanBeMeant()
    {
        var rows = Enumerable.Range(1, 40).Select(row =>
            $"{row % 28 + 1:00}/{row % 12 + 1:00}/2025;{row % 12 + 1:00}/03/2025;{row % 28 + 1}.3.2025 7:{row:00};"
            + $"{row % 3}\n");
        var made = await Make("a.csv", "ordered;unclear;sent;y\n" + string.Concat(rows), "y");

        var columns = Read(made).Data.Columns!;
        columns[0].ShouldBe(new("ordered", ColumnType.Date, "d/M/yyyy"));
        columns[1].ShouldBe(new("unclear", ColumnType.Text));
        columns[2].ShouldBe(new("sent", ColumnType.Timestamp, "d.M.yyyy H:mm"));
        File.ReadAllText(made.File).ShouldContain(
            "    ordered: { type: date, format: d/M/yyyy }  # a value of its own in each row; "
            + "'13/01/2025' is written as d/M/yyyy\n", customMessage: File.ReadAllText(made.File));
    }

    [Fact]
    public async Task AFileOfJsonLinesSaysItsTypesItself()
    {
        var lines = Enumerable.Range(0, 30).Select(i =>
            $"{{\"code\":\"0{i % 4}\",\"ok\":{(i % 3 == 0 ? "true" : "false")},\"price\":{i}.5}}\n");
        var made = await Make("a.jsonl", string.Concat(lines), "price");

        File.ReadAllText(made.File).ShouldNotContain("format:");
        Read(made).Data.Columns!.Select(column => (column.Name, column.Type)).ShouldBe(
            [("code", ColumnType.Text), ("ok", ColumnType.Boolean), ("price", ColumnType.Real)]);
    }

    [Fact]
    public async Task AFileOfParquetKeepsItsDecimals()
    {
        var schema = new TableSchema(
            [new("amount", ColumnType.Decimal, 9, 2), new("n", ColumnType.Int32), new("y", ColumnType.Real)]);
        var path = Path.Combine(folder.FullName, "written.parquet");
        await using (var stream = File.Create(path))
            await TableFile.Write(stream, new Table(schema,
            [
                new WholeValues(ColumnType.Decimal, [150, 275, 310], 2),
                new WholeValues(ColumnType.Int32, [1, 2, 3]), new RealValues([1, 2.5, 4], ColumnType.Real),
            ]), TestContext.Current.CancellationToken);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

        Read(await Make("a.parquet", bytes, "y")).Data.Columns!.Select(column => column.Column().TypeWord)
            .ShouldBe(["decimal(9,2)", "int32", "real"]);
    }

    [Theory]
    [InlineData(ColumnType.Int32, 40, LearningTask.Regression)]
    [InlineData(ColumnType.Int32, 3, LearningTask.Multiclass)]
    [InlineData(ColumnType.Decimal, 3, LearningTask.Regression)]
    [InlineData(ColumnType.Float, 40, LearningTask.Regression)]
    public async Task NumbersOfEveryTypeCanBePredictedAndBeKeys(
        ColumnType type, int distinct, LearningTask task)
    {
        var rows = Enumerable.Range(0, 60).ToArray();
        ColumnValues label = type == ColumnType.Float
            ? new RealValues([.. rows.Select(row => row % distinct + 0.5)], type)
            : new WholeValues(type, [.. rows.Select(row => (long)(row % distinct))]);
        var path = Path.Combine(folder.FullName, "written.parquet");
        await using (var stream = File.Create(path))
            await TableFile.Write(stream, new Table(
                new TableSchema(
                    [
                        new("order_id", ColumnType.Int32),
                        type == ColumnType.Decimal ? new("y", type, 9, 0) : new("y", type),
                    ]),
                [new WholeValues(ColumnType.Int32, [.. rows.Select(row => (long)row)]), label]),
                TestContext.Current.CancellationToken);

        var pipeline = Read(await Make("a.parquet", await File.ReadAllBytesAsync(
            path, TestContext.Current.CancellationToken), "y"));

        pipeline.Train.Task.ShouldBe(task);
        pipeline.Data.Key.ShouldBe(["order_id"]);
    }

    [Fact]
    public async Task AFileWithoutHeaderHasNumberedColumns()
    {
        var pipeline =
            Read(await Make("cars.data", "3,?,audi,13495\n1,164,audi,16500\n2,150,bmw,17450\n", "column-4"));

        pipeline.Data.Format.Header.ShouldBeFalse();
        pipeline.Data.Columns!.Select(column => column.Name)
            .ShouldBe(["column-1", "column-2", "column-3", "column-4"]);
        pipeline.Data.Columns![1].Type.ShouldBe(ColumnType.Integer);
    }

    [Fact]
    public async Task NumbersMayBeNamesOfColumns() =>
        Read(await Make("a.csv", "day,price,4225\nmon,1,2\ntue,3,5\nwed,2,1\n", "4225")).Data.Format.Header
            .ShouldBeTrue();

    [Fact]
    public async Task QuotesThatDoNotPairAreText()
    {
        var rows = string.Concat(Enumerable.Range(0, 30).Select(row => $"a 5\" disc\t{row}\n"));

        Read(await Make("a.tsv", "what\thow many\n" + rows, "how many")).Data.Format
            .ShouldSatisfyAllConditions(
                format => format.Quote.ShouldBeNull(), format => format.Delimiter.ShouldBe("\t"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1 << 21)]
    public async Task BytesThatAreNoUtf8AreWindowsLatinWhereverTheyStand(int before)
    {
        var text = "name,n\n" + string.Concat(Enumerable.Repeat("plain,1\nplain,2\n", before / 16))
            + "caf\u00e9,2\nbar,3\ncaf\u00e9,1\n";

        Read(await Make("a.csv", Encoding.Latin1.GetBytes(text), "n")).Data.Format.Encoding
            .ShouldBe("windows-1252");
    }

    [Fact]
    public async Task APackedFileIsReadAsWhatIsInIt()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write("x;y\n1;2\n2;3\n3;5\n"u8);

        var made = await Make("numbers.csv.gz", packed.ToArray(), "y");

        made.Name.ShouldBe("numbers");
        Read(made).Data.ShouldSatisfyAllConditions(
            data => data.Format.Delimiter.ShouldBe(";"), data => data.Sources.ShouldBe(["numbers.csv.gz"]));
    }

    [Fact]
    public async Task SoIsOneThatZstandardPacked()
    {
        using var compressor = new ZstdSharp.Compressor();

        var made = await Make("numbers.csv.zst", compressor.Wrap("x;y\n1;2\n2;3\n3;5\n"u8).ToArray(), "y");

        Read(made).Data.Format.ShouldSatisfyAllConditions(
            format => format.Delimiter.ShouldBe(";"), format => format.Encoding.ShouldBeNull());
    }

    [Fact]
    public async Task APackedFileThatIsDamagedIsRefusedAsAnywhereElse()
    {
        byte[] damaged = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 7, 7, 7, 7];

        var thrown = await Should.ThrowAsync<ProblemException>(() => Make("numbers.csv.gz", damaged));

        thrown.Problems.ShouldHaveSingleItem().Id.ShouldBe("DATA-018");
    }

    [Fact]
    public void AnyColumnNamesAndValuesMakeASpecificationThatReads()
    {
        string[] awkward =
        [
            "no", "null", "${HOME}", "$${x}", "a: b", "# c", "- d", "'",
            "\\", "{", "[x]", "1e3", "é\u2028\u0085", "~", "<<", "*a", "&b",
        ];
        var word = Gen.OneOf(
            Gen.Char.Array[1, 6].Select(letters => new string(letters)),
            Gen.Int[0, awkward.Length - 1].Select(i => awkward[i]));
        Gen.Select(word.Array[2, 5], word.Array[4, 30]).Sample((names, values) =>
        {
            var table = string.Join(',', names.Select(Cell)) + ",label\n"
                + string.Concat(values.Select((value, row) =>
                    string.Join(',', names.Select(_ => Cell(value))) + $",{row % 2}\n"));
            var made = Make($"data-{Interlocked.Increment(ref count)}.csv", table, "label")
                .GetAwaiter().GetResult();
            var pipeline = Read(made);

            pipeline.Train.Label.ShouldBe("label");
            pipeline.Data.Columns!.Count.ShouldBe(names.Length + 1);
        }, iter: 200, threads: 1);

        static string Cell(string text)
        {
            var letters = new string([.. text.Where(letter => !char.IsSurrogate(letter))]);
            return $"\"{letters.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        }
    }

    [Fact]
    public async Task WhatCannotBeMadeIsSaidAndLeavesNothing()
    {
        const string Table = "size,price\n1,2\n3,4\n5,7\n";
        await Make("first.csv", Table, "price");

        (await Problem("first.csv", Table, "price"))
            .ShouldBe(("PIPE-011", "There is a folder for a pipeline 'first' already."));
        (await Problem("b.csv", Table, "prise"))
            .ShouldBe(("PIPE-012", "The file has no column 'prise' to predict."));
        (await Problem("c.csv", "a,b\nx,x\nx,x\n", null))
            .ShouldBe(("PIPE-012", "The file has no column that could be predicted."));
        (await Problem("d.csv", "", null)).Id.ShouldBe("DATA-014");
        (await Problem("e.csv", Table, "price", "Not A Name")).Id.ShouldBe("PIPE-011");
        (await Problem("e.csv", Table, "price", "con")).Id.ShouldBe("PIPE-011");
        (await Should.ThrowAsync<ProblemException>(() =>
            Scaffold.Make(Pipelines, "nowhere.csv", null, null, default)))
            .Problems.ShouldHaveSingleItem().Id.ShouldBe("PIPE-010");
        Directory.GetDirectories(Pipelines).Select(Path.GetFileName).ShouldBe(["first"]);
    }

    int count;

    string Pipelines => Directory.CreateDirectory(Path.Combine(folder.FullName, "pipelines")).FullName;

    async Task<(string Id, string What)> Problem(
        string file, string content, string? label, string? name = null)
    {
        File.WriteAllText(Path.Combine(folder.FullName, file), content);
        var thrown = await Should.ThrowAsync<ProblemException>(() =>
            Scaffold.Make(Pipelines, Path.Combine(folder.FullName, file), name, label, default));
        return (thrown.Problems[0].Id, thrown.Problems[0].What);
    }

    Task<Scaffold> Make(string file, string content, string? label = null) =>
        Make(file, Encoding.UTF8.GetBytes(content), label);

    async Task<Scaffold> Make(string file, byte[] content, string? label = null)
    {
        var path = Path.Combine(folder.FullName, file);
        await File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);
        return await Scaffold.Make(Pipelines, path, null, label, TestContext.Current.CancellationToken);
    }

    static PipelineSpecification Read(Scaffold made) =>
        PipelineFile.Read(made.File, new Dictionary<string, string>(), []);
}
