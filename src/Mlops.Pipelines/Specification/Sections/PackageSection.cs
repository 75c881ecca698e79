using Mlops.Learning.Packaging;
using Mlops.Pipelines.Specification.Shapes;

namespace Mlops.Pipelines.Specification.Sections;

/// <summary>The section <c>package</c>.</summary>
static class PackageSection
{
    static readonly Shape<string> Version = Scalars.Matching(
        "a semantic version such as 1.2.0", IsVersion, @"^\d+\.\d+\.\d+([-+].+)?$");

    /// <summary>Description and owner are those of the pipeline.</summary>
    public static SectionShape<PackageSpecification> Shape { get; } = new(fields => new PackageSpecification(
        fields.Optional("version", Version, "0.1.0", "Semantic version of the model"),
        fields.Maybe("licence", Scalars.Text,
            "Under what terms the model may be used, as an SPDX expression"),
        fields.Maybe("intended-use", Scalars.Text, "What the model is for"),
        fields.Maybe("limitations", Scalars.Text, "What it is not for, and where it is known to fail"),
        Description: null,
        Owner: null,
        fields.Optional("golden-rows", Scalars.Whole(1, 10_000), 20,
            "Holdout rows whose predictions are packed and scored again in another process")));

    /// <summary>
    /// Semantic versioning 2.0.0, without its rule on leading zeros of pre-release numbers.
    /// </summary>
    static bool IsVersion(string text)
    {
        var core = text.AsSpan();
        if (core.IndexOfAny('-', '+') is var end and >= 0)
        {
            var rest = core[end..];
            core = core[..end];
            if (rest.Length < 2 || rest[1..].IndexOf('+') >= 0 && rest[0] == '+')
                return false;
            foreach (var letter in rest)
                if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '+' or '.'))
                    return false;
        }
        var numbers = core.ToString().Split('.');
        return numbers.Length == 3 && numbers.All(number =>
            number.Length is > 0 and <= 9 && number.All(char.IsAsciiDigit)
            && (number == "0" || number[0] != '0'));
    }
}
