using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Mlops.Engine.Tests.Laws;

/// <param name="Texts">Artifacts that the body reads.</param>
public sealed record Adding(
    string Parameter, IReadOnlyList<long> Terms,
    IReadOnlyList<Artifact> Texts, IReadOnlyList<SourceFile> Sources);

public sealed record Scaling(Digest Source, int Factor);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Adding))]
[JsonSerializable(typeof(Scaling))]
[JsonSerializable(typeof(Total))]
[JsonSerializable(typeof(Digest))]
[JsonSerializable(typeof(long))]
sealed partial class ArithmeticJson : JsonSerializerContext;

/// <summary>What of the stages may change between runs without any step changing.</summary>
/// <param name="Faulty">Bodies that end in a fault: <c>Add:aa</c>, <c>Scale:2</c>, <c>Read:-4</c>.</param>
sealed record StageState(int AddVersion, int ReadVersion, string Toolchain, HashSet<string> Faulty);

/// <summary>Of one body that ended: the key it was of, and whether it gave something.</summary>
readonly record struct BodyRun(Digest Key, string What, bool Succeeded);

/// <summary>
/// Three stages, each calling the next: a sum over files that are scaled after they were read. What they must
/// give is in <see cref="Sums"/>, what they do in the bodies here.
/// </summary>
/// <param name="began">Is told of every body that begins.</param>
sealed class Arithmetic(StageState state, Action<BodyRun> ended, Action began)
{
    public Stage<Adding, Total> Add => Recorded(
        "Add", state.AddVersion, ArithmeticJson.Default.Adding,
        ArithmeticJson.Default.Total, input => input.Parameter, AddBody);

    public IReadOnlyCollection<Stage> All => [Add, Scale, Read];

    Stage<Scaling, long> Scale => Recorded(
        "Scale", 1, ArithmeticJson.Default.Scaling, ArithmeticJson.Default.Int64,
        input => input.Factor.ToString(CultureInfo.InvariantCulture), ScaleBody);

    Stage<Digest, long> Read => Recorded(
        "Read", state.ReadVersion, ArithmeticJson.Default.Digest,
        ArithmeticJson.Default.Int64, _ => "", ReadBody);

    async Task<Total> AddBody(StageContext context, Adding input)
    {
        var scaled = await context.CallAll(
            Scale,
            input.Sources.Select(source => new Scaling(source.Digest, Sums.FactorOf(input.Parameter))));
        var read = new List<string>();
        foreach (var text in input.Texts)
            read.Add(await File.ReadAllTextAsync(context.Locate(text)));
        var total = Sums.Total(state, input.Parameter, input.Terms, read, scaled);
        if (total % 2 == 0)
            return Sums.Judged(total,
                await context.Write("text/plain", stream => stream.WriteAsync(Sums.Text(total)).AsTask()));
        var file = Path.Combine(context.ScratchDirectory, "text");
        await File.WriteAllBytesAsync(file, Sums.Text(total));
        return Sums.Judged(total, await context.WriteFile("text/plain", file));
    }

    async Task<long> ScaleBody(StageContext context, Scaling input) =>
        input.Factor * await context.Call(Read, input.Source);

    async Task<long> ReadBody(StageContext context, Digest source)
    {
        using var reader = new StreamReader(context.OpenSource(source));
        var value = Sums.Parse(await reader.ReadToEndAsync());
        return state.Faulty.Contains($"Read:{value}")
            ? throw new IOException("The number is faulty.")
            : Sums.Read(state, value);
    }

    Stage<TInput, TOutput> Recorded<TInput, TOutput>(
        string name, int version, JsonTypeInfo<TInput> input, JsonTypeInfo<TOutput> output,
        Func<TInput, string> label, Func<StageContext, TInput, Task<TOutput>> body) =>
        new(name, version, state.Toolchain, input, output, async (context, given) =>
        {
            var key = ActionKey.Of(
                name, version, state.Toolchain, JsonSerializer.SerializeToUtf8Bytes(given, input)).Digest;
            var what = $"{name}:{label(given)}";
            began();
            try
            {
                context.Cancellation.ThrowIfCancellationRequested();
                if (state.Faulty.Contains(what))
                    throw new IOException($"{what} is faulty");
                var made = await body(context, given);
                ended(new BodyRun(key, what, true));
                return made;
            }
            catch
            {
                ended(new BodyRun(key, what, false));
                throw;
            }
        });
}

/// <summary>The arithmetic itself: pure, shared by the bodies and by what they are compared with.</summary>
static class Sums
{
    public static int FactorOf(string parameter) => parameter.Length % 3;

    /// <remarks>Few values, so that different inputs often give equal output.</remarks>
    public static long Total(
        StageState state, string parameter, IEnumerable<long> terms,
        IEnumerable<string> texts, IEnumerable<long> scaled) =>
        (terms.Sum() + texts.Sum(text => text.Length) + scaled.Sum() + parameter.Length + Marks(state)) % 5;

    /// <remarks>
    /// A stage of another version gives another number, or its version would not have had to change.
    /// </remarks>
    public static long Read(StageState state, long number) => number + state.ReadVersion - 1;

    static long Marks(StageState state) => state.AddVersion + state.Toolchain.Length;

    public static byte[] Text(long total) => Encoding.UTF8.GetBytes(
        new string('t', (int)Math.Abs(total) + 1) + total.ToString(CultureInfo.InvariantCulture));

    public static Total Judged(long total, Artifact text) =>
        new(total, text, total == 3 ? new Judgement(false, ["three is refused"]) : Judgement.Accept);

    /// <summary>A file's number, whatever stands behind it.</summary>
    public static long Parse(string text) => long.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture);
}
