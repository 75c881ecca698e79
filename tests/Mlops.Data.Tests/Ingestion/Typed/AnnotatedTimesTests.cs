using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion.Typed;

/// <summary>
/// The format has dates of 32 bits and times of 64, or of 96 without another word; what a file says against it
/// is no value that anybody wrote.
/// </summary>
public sealed class AnnotatedTimesTests : IDisposable
{
    const int Int32 = 1, Int64 = 2, Int96 = 3;
    const int Date = 6, Millis = 9, Micros = 10;

    readonly TypedFiles files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData(Int32, Date, ColumnType.Date, "2024-10-04")]
    [InlineData(Int64, Millis, ColumnType.Instant, "1970-01-01T00:00:20Z")]
    [InlineData(Int64, Micros, ColumnType.Instant, "1970-01-01T00:00:00.02Z")]
    public async Task DatesAndTimesOfTheFormatAreRead(int stored, int annotation, ColumnType type, string text)
    {
        var file = files.Add("a.parquet", Of(stored, annotation));
        Inference.Merge([await files.InferParquet(file)]).ShouldHaveSingleItem().Type.ShouldBe(type);
        TypedFiles.Cells(await files.Table(await files.ParseParquet(file, [new("t", type)])), "t")
            .ShouldBe($"{text}|-");
    }

    [Theory]
    [InlineData(Int64, Date)]
    [InlineData(Int96, Date)]
    [InlineData(Int32, Millis)]
    [InlineData(Int32, Micros)]
    [InlineData(Int96, Millis)]
    [InlineData(Int96, Micros)]
    public async Task DatesAndTimesThatTheFormatDoesNotHaveAreRefusedByName(int stored, int annotation)
    {
        var file = files.Add("a.parquet", Of(stored, annotation));
        ShouldBeNamed((await files.InferParquet(file)).Problems.ShouldHaveSingleItem());
        foreach (var type in new[] { ColumnType.Date, ColumnType.Timestamp, ColumnType.Integer })
            ShouldBeNamed((await files.ParseParquet(file, [new("t", type)])).Problems.ShouldHaveSingleItem());

        static void ShouldBeNamed(Problem problem)
        {
            (problem.Id, problem.Where!.Field).ShouldBe(("DATA-003", "t"));
            problem.What.ShouldEndWith("is a date or a time, stored as the format stores none.");
        }
    }

    static byte[] Of(int stored, int annotation)
    {
        var bytes = new byte[stored == Int32 ? 4 : stored == Int64 ? 8 : 12];
        BitConverter.TryWriteBytes(bytes, 20_000).ShouldBeTrue();
        return HandMadeParquet.Of([bytes, null], stored, annotation);
    }
}
