using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Mlops.Engine.Tests.Scheduling;

public sealed class StageRehearsalTests
{
    string? read, worked;
    Exception? failing;

    [Fact]
    public async Task TheBodyReadsTheFileAndNothingStaysBehind()
    {
        await StageRehearsal.Run(Reading(), "abc"u8.ToArray(), Input, TestContext.Current.CancellationToken);

        read.ShouldBe("abc 3");
        Directory.Exists(worked).ShouldBeFalse();
    }

    [Fact]
    public async Task ADiskThatCannotBeUsedIsForTheRunItselfToTell()
    {
        failing = new IOException("full");

        await StageRehearsal.Run(Reading(), "abc"u8.ToArray(), Input, TestContext.Current.CancellationToken);

        Directory.Exists(worked).ShouldBeFalse();
    }

    [Fact]
    public async Task CutOffItLeavesNothingEither()
    {
        using var cut = new CancellationTokenSource();
        await cut.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(
            StageRehearsal.Run(Reading(), "abc"u8.ToArray(), Input, cut.Token));

        Directory.Exists(worked).ShouldBeFalse();
    }

    [Fact]
    public async Task ABodyThatFailsOtherwiseIsADefectAndSaidToBe() =>
        await Should.ThrowAsync<InvalidOperationException>(StageRehearsal.Run(
            Reading(), [], (_, _) => ["no digest", "0"], TestContext.Current.CancellationToken));

    Stage<string[], string> Reading() => new(
        "Read", 1, "", () => Json<string[]>(), () => Json<string>(), async (context, input) =>
        {
            worked = context.ScratchDirectory;
            context.Cancellation.ThrowIfCancellationRequested();
            if (failing is not null)
                throw failing;
            if (!Digest.TryParse(input[0], out var digest))
                throw new InvalidOperationException("no digest");
            using var text = new StreamReader(context.OpenSource(digest));
            await context.Write("text/plain", stream => stream.WriteAsync("made"u8.ToArray()).AsTask());
            return read = $"{await text.ReadToEndAsync()} {input[1]}";
        });

    static string[] Input(Digest digest, long lengthBytes) => [$"{digest}", $"{lengthBytes}"];

    static JsonTypeInfo<T> Json<T>() =>
        (JsonTypeInfo<T>)JsonSerializerOptions.Default.GetTypeInfo(typeof(T));
}
