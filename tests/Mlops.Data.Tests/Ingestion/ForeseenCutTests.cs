using System.Text;
using System.Text.Json;
using CsCheck;
using Microsoft.Data.Analysis;
using Mlops.Data.Ingestion;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>A file is cut alike while its digest is taken and afterwards.</summary>
public sealed class ForeseenCutTests : IDisposable
{
    const int MinBytes = 30;
    const int MaxBytes = 90;

    readonly string folder = Directory.CreateTempSubdirectory("mlops-foreseen-").FullName;

    public ForeseenCutTests() =>
        Assert.SkipWhen(Environment.ProcessorCount == 1, "Nothing is cut ahead on one core.");

    static Stage<IngestInput, Dataset> Ingest { get; } =
        IngestStage.Create(new Dictionary<string, Func<DataFrame, DataFrame>>(), MinBytes, MaxBytes);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    static Gen<byte[]> Written(Encoding encoding, int most) =>
        Gen.Char["ab,;\t\"\n\r1é "].Array[0, most]
            .Select(chars => (byte[])[.. encoding.GetPreamble(), .. encoding.GetBytes(chars)]);

    static readonly Gen<byte[]> AnyBytes = Gen.OneOf(
        Written(new UTF8Encoding(false), 400), Written(new UTF8Encoding(true), 400),
        Written(Encoding.Latin1, 400), Written(Encoding.Unicode, 200), Gen.Byte.Array[0, 400]);

    static readonly Gen<TextFormat> AnyFormat =
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[0, 2], Any(null, "utf-8", "windows-1252"), Any(",", ";"),
                Any<int?>(null, null, 1, 3))
            .Select((header, quoted, skipped, encoding, delimiter, titles) => new TextFormat(
                delimiter, quoted ? "\"" : null, encoding, header, skipped, SkipLines: titles));

    [Fact]
    public void ACutIsTheSameAsAfterwards() =>
        Gen.Select(AnyBytes, AnyFormat, Any("a.csv", "a.tsv", "a.csv.gz")).Sample((bytes, format, name) =>
        {
            if (bytes.Length <= MaxBytes)
                return;
            Write(name, bytes);
            var (cut, bytesRead) = Cut(format, foreseen: true);
            bytesRead.ShouldBe(bytes.Length);
            var (expected, _) = Cut(format, foreseen: false);
            JsonSerializer.Serialize(cut).ShouldBe(JsonSerializer.Serialize(expected));
        }, iter: 100, threads: 1);

    /// <summary>Whether its beginning stays as it was or not.</summary>
    [Fact]
    public void AFileThatGrewIsCutTheSameAsFromNothing() =>
        Gen.Select(AnyBytes, AnyBytes, AnyFormat, Gen.Int[-300, 300]).Sample((bytes, more, format, changed) =>
        {
            if (bytes.Length <= MaxBytes || more.Length == 0)
                return;
            Write("a.csv", bytes);
            Cut(format, foreseen: true);
            if (changed >= 0 && changed < bytes.Length)
                bytes[changed] = (byte)'x';
            Write("a.csv", [.. bytes, .. more]);
            var (cut, bytesRead) = Cut(format, foreseen: true, again: true);
            bytesRead.ShouldBe(bytes.Length + more.Length);
            var (expected, _) = Cut(format, foreseen: false);
            JsonSerializer.Serialize(cut).ShouldBe(JsonSerializer.Serialize(expected));
        }, iter: 150, threads: 1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PiecesOfABeginningThatStaysAreNotReadAgain(bool stays)
    {
        var rows = string.Concat(Enumerable.Range(0, 90).Select(i => $"{i},x\n"));
        Write("a.csv", Encoding.UTF8.GetBytes(rows));
        var (cut, _) = Cut(new TextFormat(), foreseen: false);
        var marked = Digest.Of("read before"u8);
        var former = cut with { Pieces = [.. cut.Pieces.Select(piece => piece with { Digest = marked })] };
        var path = Path.Combine(folder, "raw", "a.csv");
        await File.AppendAllTextAsync(path, rows, TestContext.Current.CancellationToken);
        var context = new ScratchContext(folder, new Dictionary<Digest, string> { [default] = path });
        var grown = await CutSource.Run(
            context, CutInput.Of(new TextFormat(), new SourceFile("a.csv", default, 0), MinBytes, MaxBytes),
            new FormerFile<CutFile>(former, Task.FromResult(stays)));
        grown.Pieces.TakeWhile(piece => piece.Digest == marked).Count()
            .ShouldBeInRange(stays ? cut.Pieces.Count - 4 : 0, stays ? cut.Pieces.Count - 1 : 0);
    }

    /// <remarks>Which of its pieces was no UTF-8 is not known: it may be the last, which has grown.</remarks>
    [Theory]
    [InlineData("utf-8", true, 1)]
    [InlineData("windows-1252", false, 1)]
    [InlineData("windows-1252", true, 0)]
    public async Task OfAFileThatWasNoUtf8NoPieceIsTakenToBeUtf8(string encoding, bool mustBeUtf8, int known)
    {
        var former = new CutFile(
            encoding, ["a"], [new(0, 50, Digest.Of("1"u8), 1), new(50, 9, Digest.Of("2"u8), 6)]);
        var pieces = await FormerPieces.Of(
            new FormerFile<CutFile>(former, Task.FromResult(true)), mustBeUtf8);
        pieces.Count.ShouldBe(known);
        if (known > 0)
            pieces[(0, 50)].ShouldBe(new PieceReading(Digest.Of("1"u8), 5, true));
    }

    [Theory]
    [InlineData("a.csv", MaxBytes)]
    [InlineData("a.jsonl", MaxBytes + 1)]
    [InlineData("a.parquet", MaxBytes + 1)]
    public void WhatIngestDoesNotCutIsNotCutAhead(string name, int lengthBytes) =>
        ForeseenCuts.Of(new TextFormat(), name, lengthBytes, MinBytes, MaxBytes).ShouldBeNull();

    [Theory]
    [InlineData("a.csv", ',')]
    [InlineData("a.tsv", '\t')]
    [InlineData("market=DE/a.csv", ',')]
    public void IngestTakesWhatWasCutAhead(string name, char delimiter)
    {
        var rows = string.Concat(Enumerable.Range(0, 90).Select(i => $"{i}{delimiter}x\n"));
        Write(name, Encoding.UTF8.GetBytes($"a{delimiter}b\n{rows}"));
        var dataset = Run(
            Ingest, foreseen: true, files => new IngestInput(files, new TextFormat(), null, null, 0)).Output;
        dataset.Table.Parts.Count.ShouldBeGreaterThan(3);
        var traces = Path.Combine(folder, "workspace", "traces");
        Directory.EnumerateFiles(traces, "*", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .Single(trace => trace.Contains("\"stage\":\"Ingest.CutSource\"", StringComparison.Ordinal))
            .ShouldContain($"\"bytes-read\":{dataset.Sources[0].File.LengthBytes},");
    }

    (CutFile Cut, long BytesRead) Cut(TextFormat format, bool foreseen, bool again = false)
    {
        var (cut, trace) = Run(
            CutSource.Stage, foreseen, files => CutInput.Of(format, files[0], MinBytes, MaxBytes),
            format, again);
        return (cut, trace.BytesRead);
    }

    void Write(string name, byte[] bytes)
    {
        if (Directory.Exists(Path.Combine(folder, "raw")))
            Directory.Delete(Path.Combine(folder, "raw"), recursive: true);
        var path = Path.Combine(folder, "raw", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    (TOutput Output, Trace Trace) Run<TInput, TOutput>(
        Stage<TInput, TOutput> stage, bool foreseen, Func<IReadOnlyList<SourceFile>, TInput> input,
        TextFormat? format = null, bool again = false)
        where TOutput : class
    {
        var directory = Path.Combine(folder, "workspace");
        if (!again && Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
        var workspace = Engine.Workspace.Open(directory, new ClockAhead());
        var files = workspace.ResolveSources(
            Path.Combine(folder, "raw"), ["**"],
            foreseen
                ? (name, lengthBytes) => ForeseenCuts.Of(
                    format ?? new TextFormat(), name, lengthBytes, MinBytes, MaxBytes)
                : null).Files;
        var step = new Graph().Step(new StepName("p", null, "Step"), stage, [], _ => input(files));
        var run = new BuildEngine(workspace, new EngineOptions(2, new NoObserver(), "test"))
            .Start([step], CancellationToken.None);
        var result = run.Completion.GetAwaiter().GetResult().Steps.ShouldHaveSingleItem();
        result.Problems.ShouldBeEmpty();
        return (run.Output(step)!, result.Trace!);
    }

    /// <summary>So that no file counts as just written.</summary>
    sealed class ClockAhead : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddMinutes(5);
    }
}
