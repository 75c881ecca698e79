using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Mlops.Engine.Tests.Scheduling;

public sealed class StageRehearsalTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("mlops-rehearsal-").FullName;
    string? read;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task TheBodyReadsTheFileAndNothingStaysBehind()
    {
        await StageRehearsal.Run(folder, Reading(), "abc"u8.ToArray(), Input);

        read.ShouldBe("abc 3");
        Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
            .ShouldBe([Path.Combine(folder, "tmp")]);
    }

    [Fact]
    public async Task AFolderThatCannotBeUsedIsForTheRunItselfToTell()
    {
        var file = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        await StageRehearsal.Run(file, Reading(), "abc"u8.ToArray(), Input);

        read.ShouldBeNull();
    }

    [Fact]
    public async Task ABodyThatFailsOtherwiseIsADefectAndSaidToBe() =>
        await Should.ThrowAsync<InvalidOperationException>(StageRehearsal.Run(
            folder, Reading(), [], (_, _) => ["no digest", "0"]));

    Stage<string[], string> Reading() => new(
        "Read", 1, "", () => Json<string[]>(), () => Json<string>(), async (context, input) =>
        {
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
