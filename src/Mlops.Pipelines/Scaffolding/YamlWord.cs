using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mlops.Pipelines.Scaffolding;

/// <summary>A text as a YAML scalar that reads back as the same text.</summary>
static partial class YamlWord
{
    public static string Of(string text) => IsPlain().IsMatch(text) && !IsSpecial().IsMatch(text)
        ? text
        : Quoted(text.Replace("${", "$${", StringComparison.Ordinal));

    /// <summary>A key is no value: variables are not looked for in it.</summary>
    public static string Key(string text) => IsPlain().IsMatch(text) && !IsSpecial().IsMatch(text)
        ? text
        : Quoted(text);

    static string Quoted(string text) =>
        $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*\z")]
    private static partial Regex IsPlain();

    [GeneratedRegex(@"\A(true|false|null|yes|no|on|off|y|n|nan|inf)\z", RegexOptions.IgnoreCase)]
    private static partial Regex IsSpecial();
}
