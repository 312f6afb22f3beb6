namespace Nuke.Common;
