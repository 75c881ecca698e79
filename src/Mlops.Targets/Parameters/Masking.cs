using System.Collections;
using System.Text;

namespace Mlops.Targets;

/// <summary>Puts stars where a secret would be printed.</summary>
static class Masking
{
    public const string Stars = "****";

    /// <summary>
    /// The lines of all secret values, longest first, so that one secret within another is no leak.
    /// </summary>
    public static IReadOnlyList<string> SecretsOf(IEnumerable<BuildParameter> parameters) =>
    [
        .. parameters.Where(parameter => parameter.IsSecret)
            .SelectMany(parameter => parameter.Value is IEnumerable values and not string
                ? values.Cast<object?>()
                : [parameter.Value])
            .SelectMany(value => (value?.ToString() ?? "").Split('\n', StringSplitOptions.TrimEntries))
            .Where(line => line.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(line => line.Length),
    ];

    public static string Mask(string text, IReadOnlyList<string> secrets)
    {
        foreach (var secret in secrets)
            text = text.Replace(secret, Stars, StringComparison.Ordinal);
        return text;
    }
}

/// <summary>
/// Passes on whole lines, without the secrets; what is not a whole line waits until a flush.
/// </summary>
sealed class MaskingWriter(TextWriter inner, IReadOnlyList<string> secrets) : TextWriter(inner.FormatProvider)
{
    readonly StringBuilder line = new();

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        line.Append(value);
        if (value == '\n')
            PassOn();
    }

    public override void Write(char[] buffer, int index, int count)
    {
        foreach (var value in buffer.AsSpan(index, count))
            Write(value);
    }

    public override void Write(string? value)
    {
        foreach (var character in value ?? "")
            Write(character);
    }

    public override void Flush()
    {
        PassOn();
        inner.Flush();
    }

    void PassOn()
    {
        inner.Write(Masking.Mask(line.ToString(), secrets));
        line.Clear();
    }
}
