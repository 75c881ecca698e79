using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Mlops.Engine.Tests.Scheduling;

public sealed class StageRehearsalTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("mlops-rehearsing-").FullName;
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

    [Fact]
    public async Task WhatAKilledProcessLeftTheNextRemovesAndNeverWhatALivingOneUses()
    {
        var killed = await Killed();
        using var process = new OwnProcess(RehearsingProcess.Name, Path.Combine(folder, "living"));
        var living = await WorkedIn(process, "living");

        await Rehearse();

        Directory.Exists(killed).ShouldBeFalse();
        Directory.Exists(living).ShouldBeTrue();
        process.Kill();
        await process.Ended();
        await Rehearse();
        Directory.Exists(living).ShouldBeFalse();
    }

    /// <remarks>They could exchange what is in it while it is removed.</remarks>
    [Fact]
    public async Task WhatIsSomebodyElsesStays()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root gives files away.");
        using var process = new OwnProcess(RehearsingProcess.Name, Path.Combine(folder, "killed"));
        var killed = await WorkedIn(process, "killed");
        using (var given = System.Diagnostics.Process.Start("chown", ["-R", "65534", killed]))
            await given.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.Kill();
        await process.Ended();

        await Rehearse();

        Directory.Exists(killed).ShouldBeTrue();
        Directory.Delete(killed, recursive: true);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    Task Rehearse() =>
        StageRehearsal.Run(Reading(), "abc"u8.ToArray(), Input, TestContext.Current.CancellationToken);

    /// <summary>The folder that a process left when it was killed.</summary>
    async Task<string> Killed()
    {
        using var process = new OwnProcess(RehearsingProcess.Name, Path.Combine(folder, "killed"));
        var worked = await WorkedIn(process, "killed");
        process.Kill();
        await process.Ended();
        return worked;
    }

    async Task<string> WorkedIn(OwnProcess process, string name)
    {
        await process.Begun();
        var scratch = await File.ReadAllTextAsync(
            Path.Combine(folder, name), TestContext.Current.CancellationToken);
        return Path.GetDirectoryName(scratch)!;
    }

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
