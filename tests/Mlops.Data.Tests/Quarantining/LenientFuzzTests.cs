using System.Diagnostics;
using System.Globalization;
using System.Text;
using Mlops.Data.Ingestion;

namespace Mlops.Data.Tests.Quarantining;

/// <summary>
/// Texts whose bytes were changed at random, in an encoding that is known: <see cref="AsideLaws"/> says what
/// holds of each. How long: MLOPS_FUZZ_SECONDS, two thirds of one when it is not set; MLOPS_FUZZ_SEED begins
/// elsewhere. What was found stands in <see cref="FoundCases"/>.
/// </summary>
public sealed class LenientFuzzTests(ITestOutputHelper output)
{
    /// <summary>What it is written in, and the rows' bytes in Latin-1.</summary>
    public static TheoryData<string, string> FoundCases => new()
    {
        // GB 18030: the line end comes out of the decoder with the first character of the next row,
        { "gb18030", "1,1,a\u00fc6\n40,302,b\n" },
        // or with a byte of it taken, and no character.
        { "gb18030", "1,1,a\u00949\n\u00fc6\u00949\u00fc6\n2,2,b\n" },
        // ISO-2022: an escape that is none is held until the line end behind it has come,
        { "iso-2022-kr", "1,1,a\n1,2,a\u001b\n1,1,a\n2,2,b\n3,3,c\n4,4,d\n" },
        // and comes twice out of a decoder that is asked for fewer characters than it has.
        { "iso-2022-kr", "1,1,a\n31,\u001b5,\u000eGQGQ\u000f\r6,3,b\n1,1,c\n2,2,d\n" },
        // Byte-order marks before lines without text, and at the end.
        { "utf-8", "1,1,a\n\u00ef\u00bb\u00bf\n2,2,b\n\u00ef\u00bb\u00bf3,3,c\n\u00ef\u00bb\u00bf" },
        // Two bytes of a character of four behind the last row.
        { "utf-32", "1\0\0\0,\0\0\0f\u00d8\0\0,\0\0\0a\0\0\0\u000d\0\0\0\0\0" },
    };

    static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { } text
            ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    [Fact]
    public async Task BytesThatAreNoTextAreSetAsideAndNothingElseIsLost()
    {
        var (refused, aside) = (0, 0L);
        var cases = await Fuzz(async (text, _) =>
        {
            var rows = await AsideLaws.Hold(text);
            refused += rows is null ? 1 : 0;
            aside += rows ?? 0;
        });
        output.WriteLine(
            FormattableString.Invariant($"{cases} cases, {refused} refused, {aside} rows set aside"));
    }

    [Fact]
    public async Task RowsHaveTheirOwnBytesHoweverTheyCome() =>
        output.WriteLine($"{await Fuzz(OriginalRows.AreTheirBytes)} cases");

    [Theory]
    [MemberData(nameof(FoundCases), DisableDiscoveryEnumeration = true)]
    public async Task ACaseThatWasFoundHolds(string written, string rows)
    {
        var encoding = SourceText.Strict(written);
        var text = new DamagedText(
            new TextFormat(Encoding: written), encoding,
            [.. encoding.GetBytes("id,x,note\n"), .. Encoding.Latin1.GetBytes(rows)], 0, 60, null);
        await AsideLaws.Hold(text);
        for (var seed = 0; seed < 20; seed++)
            await OriginalRows.AreTheirBytes(text, new Random(seed));
    }

    /// <returns>How many cases there were.</returns>
    static async Task<int> Fuzz(Func<DamagedText, Random, Task> hold)
    {
        var seconds = Number("MLOPS_FUZZ_SECONDS", 0) is > 0 and var asked ? asked : 2 / 3.0;
        var started = Stopwatch.GetTimestamp();
        var cases = 0;
        for (; Stopwatch.GetElapsedTime(started).TotalSeconds < seconds; cases++)
            await Check(Number("MLOPS_FUZZ_SEED", 1), cases, hold);
        return cases;
    }

    static async Task Check(int seed, int number, Func<DamagedText, Random, Task> hold)
    {
        var random = new Random(unchecked(seed * 486187739 + number * 16777619 + 7));
        var text = DamagedText.Any(random);
        try
        {
            await hold(text, random)
                .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException(
                $"{seed}:{number} {text.Format} cut at {text.PieceBytes} "
                    + $"{Convert.ToHexString(text.Bytes)}: {fault.Message}", fault);
        }
    }
}
