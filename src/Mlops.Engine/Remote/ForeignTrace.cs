using System.Text.Json;

namespace Mlops.Engine;

/// <summary>
/// A trace that another machine wrote, held against the key that was asked for. What is proved: it is a
/// trace, of this key, whole, and its record is one that the stage could have written. That the stage did is
/// for who may write to say.
/// </summary>
static class ForeignTrace
{
    /// <summary>Longest stretch of seconds that is believed: thirty years.</summary>
    const double MostSeconds = 1e9;

    /// <returns>What is wrong with it; null if nothing.</returns>
    public static string? Read(byte[] content, StageCall call, out Trace? trace)
    {
        trace = null;
        try
        {
            var read = JsonSerializer.Deserialize(content, StrictJson.Of(EngineJson.Default.Trace));
            var wrong = read is null ? "it is no trace" : Mistake(read, call);
            trace = wrong is null ? read : null;
            return wrong;
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException or ArgumentException
            or InvalidOperationException or OverflowException)
        {
            return $"it is no trace: {malformed.Message}";
        }
    }

    static string? Mistake(Trace trace, StageCall call)
    {
        var key = call.Key;
        if (trace.Key != key.Digest || trace.Stage != key.Stage
            || trace.Version != key.Version || trace.Toolchain != key.Toolchain
            || !CanonicalJson.Write(trace.Input.Utf8.Span).AsSpan().SequenceEqual(key.Input))
            return $"it is the trace of another key, {trace.Key.Short} of {trace.Stage}";
        // Inside a trace it may be escaped in another way than where its digest is taken.
        var element = trace.Record.Parse();
        var record = CanonicalJson.Write(element);
        if (Digest.Of(record) != trace.Output)
            return "its record does not have the digest that it says";
        if (StrictJson.HasNullInList(element) || !call.CouldGive(record))
            return $"its record is none of {key.Stage}";
        if (!NamedArtifacts.In(element).SequenceEqual(trace.Artifacts)
            || trace.Artifacts.Any(artifact => artifact.LengthBytes < 0))
            return "it does not list the artifacts that its record names";
        return IsCredible(trace) ? null : "what it says of its making cannot be";
    }

    static bool IsCredible(Trace trace) =>
        trace.RunSeconds is >= 0 and < MostSeconds && trace.CpuSeconds is >= 0 and < MostSeconds
        && trace.PeakMemoryBytes >= 0 && trace.BytesRead >= 0 && trace.BytesWritten >= 0
        && trace.Reasons.All(reason => reason is not null);
}
